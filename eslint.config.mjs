import js from "@eslint/js";
import globals from "globals";

const odooGlobals = {
    odoo: "readonly",
    owl: "readonly",
    luxon: "readonly",
    Chart: "readonly",
};

export default [
    js.configs.recommended,
    {
        files: ["addons/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, ...odooGlobals},
        },
    },
    {
        rules: {
            "array-callback-return": "error",
            complexity: ["error", 15],
            "dot-notation": "error",
            eqeqeq: ["error", "always"],
            "max-depth": "error",
            "no-alert": "error",
            "no-array-constructor": "error",
            "no-console": ["error", {allow: ["warn", "error"]}],
            "no-duplicate-imports": "error",
            "no-else-return": "error",
            "no-eval": "error",
            "no-extend-native": "error",
            "no-implicit-coercion": ["error", {allow: ["!!"]}],
            "no-implied-eval": "error",
            "no-lonely-if": "error",
            "no-new-func": "error",
            "no-restricted-globals": ["error", "event", "self"],
            "no-return-assign": "error",
            "no-self-compare": "error",
            "no-sequences": "error",
            "no-shadow": "error",
            "no-template-curly-in-string": "error",
            "no-throw-literal": "error",
            "no-unneeded-ternary": "error",
            "no-unused-vars": ["error", {args: "after-used", caughtErrors: "none"}],
            "no-use-before-define": ["error", {functions: false, classes: false}],
            "no-useless-concat": "error",
            "no-useless-rename": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "operator-assignment": ["error", "always"],
            "prefer-const": "error",
            radix: "error",
            "spaced-comment": ["error", "always"],
            yoda: "error",
        },
    },
];
