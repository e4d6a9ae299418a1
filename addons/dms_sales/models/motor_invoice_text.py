"""What is wrong with a motor invoice, in the user's language."""


def field_names(env):
    """:return: dict from a field of the core to what the form calls it"""
    return {
        "buyer.name": env._("name of the buyer"),
        "buyer.number": env._("number of the buyer (identity card or tax number)"),
        "seller.name": env._("name of the store"),
        "seller.number": env._("tax number of the store"),
        "car.category": env._("kind of vehicle"),
        "car.model": env._("brand and model"),
        "car.origin": env._("place of production"),
        "car.engine": env._("engine or motor number"),
        "car.seats": env._("seats"),
        "car.import_certificate": env._("import certificate"),
        "car.inspection": env._("inspection certificate"),
    }


def problem_words(env, problem):
    """:return: a ``Problem`` of the core in words that say what to do"""
    code, facts = problem.code, problem.facts
    if code == "missing" or code == "import_papers_missing":
        name = field_names(env).get(facts["field"], facts["field"])
        return env._("Enter the %(field)s.", field=name)
    if code == "company_number":
        return env._(
            "%(number)s is no unified social credit code: 18 characters, the last one"
            " checks the others.",
            number=facts["number"],
        )
    if code == "person_number":
        return env._("The identity card number is wrong: compare it with the card.")
    if code in ("vin", "vin_length"):
        return env._("VIN %(vin)s is wrong: compare it with the car.", vin=facts["vin"])
    if code == "split":
        return env._(
            "Net price and VAT do not fit the price: they must be %(net)s and %(tax)s.",
            net=facts["net"],
            tax=facts["tax"],
        )
    if code == "car_invoiced":
        return env._(
            "The car has motor invoice %(number)s already: take that one back first.",
            number=facts["number"],
        )
    return _plain(env).get(code, code)


def _plain(env):
    return {
        "certificate_missing": env._(
            "Enter the certificate of the car under Vehicles > Certificates."
        ),
        "import_papers": env._("A car made in China has no import papers."),
        "certificate": env._("An imported car has no domestic certificate."),
        "tonnage_missing": env._("A truck needs its tonnage."),
        "tonnage": env._("Only a truck has a tonnage: set it to 0."),
        "amount": env._("The price on the invoice must be above zero."),
        "deduction": env._(
            "Only a buyer with a tax number can deduct the VAT: enter it, or take the"
            " mark off."
        ),
        "number": env._(
            "A digital invoice has a number of 20 digits; a paper one a code of 12"
            " and a number of 8."
        ),
        "reverses": env._("It takes back another invoice."),
        "not_mirrored": env._("A red invoice says what the blue one says."),
    }
