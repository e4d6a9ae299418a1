"""Chinese or English: what a reader gets who did not log in."""

LANGUAGES = {"zh": "zh_CN", "en": "en_US"}


def choose(wanted: str | None, accepted: list[str]) -> str:
    """:param wanted: what the reader chose on the page, None if nothing
    :param accepted: what the browser accepts, the best first: ``["zh-CN", "en"]``
    :return: ``zh`` or ``en``
    """
    if wanted in LANGUAGES:
        return wanted
    known = (tag.lower().partition("-")[0] for tag in accepted)
    return next((language for language in known if language in LANGUAGES), "en")
