"""What a check found, in words. ``static/src/verify/words.js`` says the same."""

WORDS = {
    "en": {
        "passport_malformed": "This is not a passport: {reason}.",
        "checkpoint_malformed": "The checkpoint of the log cannot be read.",
        "checkpoint_of_another_log": (
            "The checkpoint is of the log {found}, not of {origin}."
        ),
        "key_unknown": "No known key signed the checkpoint of the log {origin}.",
        "signature_bad": (
            "The signature under the checkpoint of the log {origin} is false."
        ),
        "signature_uncheckable": (
            "This browser cannot check Ed25519 signatures: use a newer one."
        ),
        "entry_malformed": "It cannot be read: {reason}.",
        "entry_not_in_log": (
            "It does not stand in the log at place {index}: it was changed, or never "
            "recorded."
        ),
        "entry_of_another_car": "It is an event of {found}, not of {vin}.",
        "entry_left_out": (
            "Before it, an event was left out: this is number {number}, number "
            "{expected} was due."
        ),
        "entry_out_of_order": (
            "The order is wrong: this is number {number}, number {expected} was due."
        ),
        "chain_broken": (
            "Number {number} does not follow the event before it: one of the two was "
            "replaced."
        ),
        "entry_disappeared": (
            "Event {kept} of the kept passport (place {index} in the log) is gone."
        ),
        "previous_malformed": "What was kept is neither a checkpoint nor a passport.",
        "previous_untrusted": "What was kept is not signed by a known key of the log.",
        "log_rolled_back": (
            "The log went back: it had {old} entries and now says {new}."
        ),
        "log_forked": (
            "The log was rewritten: its first {old} entries are not those it had."
        ),
        "consistency_missing": (
            "Nothing proves that the log of {new} entries still begins with the "
            "{old} of the kept checkpoint. Download the passport with ?since={old}."
        ),
        "keys_from_passport": (
            "The key came with the passport. Compare it with the one the dealer "
            "group publishes."
        ),
        "timestamps_unchecked": (
            "Timestamps are there ({count}), but nobody checked them here: that takes "
            "dms_verify and the root certificate of the authority."
        ),
        "timestamp_good": "On {at} the log was as it is shown, says {authority}.",
        "timestamp_missing": "No timestamp authority says when the log was like this.",
        "timestamp_malformed": "A timestamp cannot be read: {reason}.",
        "timestamp_not_ours": "A timestamp is of something else: {reason}.",
        "timestamp_untrusted": "A timestamp is not to be believed: {reason}.",
        "event": "Event {event}: {sentence}",
        "good": "Everything is proven: {events} events of {vin}.",
        "bad": "Not everything is proven: {problems} problems.",
        "log": "Log {origin}, {size} entries.",
        "note": "Note: {sentence}",
        "unreadable": "{path} cannot be read: {reason}.",
        "extra_missing": (
            "To check timestamps, install more: pip install 'dms-verify[timestamps]'"
        ),
    },
    "zh": {
        "passport_malformed": "这不是车辆护照：{reason}。",
        "checkpoint_malformed": "无法读取日志的检查点。",
        "checkpoint_of_another_log": "检查点属于日志 {found}，而不是 {origin}。",
        "key_unknown": "日志 {origin} 的检查点没有任何已知密钥的签名。",
        "signature_bad": "日志 {origin} 检查点的签名是假的。",
        "signature_uncheckable": "此浏览器无法验证 Ed25519 签名，请使用较新的浏览器。",
        "entry_malformed": "无法读取：{reason}。",
        "entry_not_in_log": "日志第 {index} 位没有该事件：它被篡改，或从未记录。",
        "entry_of_another_car": "这是 {found} 的事件，而不是 {vin} 的。",
        "entry_left_out": (
            "它之前缺少事件：这是第 {number} 号，应为第 {expected} 号。"
        ),
        "entry_out_of_order": "顺序错误：这是第 {number} 号，应为第 {expected} 号。",
        "chain_broken": "第 {number} 号与前一事件不衔接：两者之一被替换。",
        "entry_disappeared": (
            "先前保存的护照中的事件 {kept}（日志第 {index} 位）已消失。"
        ),
        "previous_malformed": "先前保存的文件既不是检查点，也不是护照。",
        "previous_untrusted": "先前保存的文件没有该日志已知密钥的签名。",
        "log_rolled_back": "日志倒退：原有 {old} 条记录，现在只有 {new} 条。",
        "log_forked": "日志被改写：最前面的 {old} 条记录已不是原来的记录。",
        "consistency_missing": (
            "没有证明表明含 {new} 条记录的日志仍以先前检查点的 {old} 条记录开头。"
            "请用 ?since={old} 重新下载护照。"
        ),
        "keys_from_passport": "密钥来自护照本身，请与经销商集团公布的密钥核对。",
        "timestamps_unchecked": (
            "附有时间戳（{count} 个），但此处未验证：验证需要 dms_verify 和"
            "时间戳机构的根证书。"
        ),
        "timestamp_good": "{authority} 证明日志在 {at} 时即为此处所示的内容。",
        "timestamp_missing": "没有时间戳机构证明日志何时如此。",
        "timestamp_malformed": "有一个时间戳无法读取：{reason}。",
        "timestamp_not_ours": "有一个时间戳属于其他内容：{reason}。",
        "timestamp_untrusted": "有一个时间戳不可信：{reason}。",
        "event": "事件 {event}：{sentence}",
        "good": "全部得到证明：{vin} 的 {events} 个事件。",
        "bad": "未能全部得到证明：发现 {problems} 个问题。",
        "log": "日志 {origin}，共 {size} 条记录。",
        "note": "说明：{sentence}",
        "unreadable": "无法读取 {path}：{reason}。",
        "extra_missing": (
            "验证时间戳需要另外安装：pip install 'dms-verify[timestamps]'"
        ),
    },
}


def say(lang: str, code: str, **values: object) -> str:
    """:return: the sentence for a code, its gaps filled"""
    return WORDS[lang][code].format_map(values)
