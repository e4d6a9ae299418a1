from odoo.addons.dms_base.trail import Lately


def lately(now, size=10):
    return Lately(60, size, clock=lambda: now[0])


def test_it_remembers_for_a_while():
    now = [1000.0]
    memory = lately(now)
    memory.add("a")
    now[0] += 59
    assert "a" in memory
    now[0] += 2
    assert "a" not in memory


def test_what_was_never_done_is_not_in_it():
    assert "a" not in lately([1000.0])


def test_doing_it_again_begins_anew():
    now = [1000.0]
    memory = lately(now)
    memory.add("a")
    now[0] += 50
    memory.add("a")
    now[0] += 50
    assert "a" in memory


def test_the_oldest_is_forgotten_first():
    memory = lately([1000.0], size=2)
    for key in ("a", "b", "a", "c"):
        memory.add(key)
    assert [key in memory for key in "abc"] == [True, False, True]


def test_it_can_forget_all():
    memory = lately([1000.0])
    memory.add("a")
    memory.clear()
    assert "a" not in memory
