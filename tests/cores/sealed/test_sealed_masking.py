import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.sealed import looks_masked, mask


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("110101199003071234", "1101**********1234"),
        ("6222020200112230456", "6222***********0456"),
        ("1234567890123456", "1234********3456"),
        ("123456789012345", "********2345"),
        ("123456789012", "********9012"),
        ("12345678901", "********"),
        ("1", "********"),
        ("", "********"),
    ],
)
def test_the_mask(value: str, shown: str) -> None:
    assert mask(value) == shown


@given(st.text(alphabet=st.characters(exclude_characters="*"), max_size=40))
def test_at_least_half_is_hidden(value: str) -> None:
    shown = mask(value).replace("*", "")
    assert 2 * len(shown) <= len(value)


@given(st.text(max_size=40))
def test_every_mask_is_recognised(value: str) -> None:
    assert looks_masked(mask(value))


@pytest.mark.parametrize("value", ["110101199003071234", "", "a*b", "***"])
def test_a_value_is_no_mask(value: str) -> None:
    assert not looks_masked(value)


def test_head_and_tail_can_be_chosen() -> None:
    assert mask("110101199003071234", head=0, tail=2) == "****************34"
    assert mask("110101199003071234", head=0, tail=0) == "*" * 18
