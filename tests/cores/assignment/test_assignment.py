from odoo.addons.dms_sales.assignment import Consultant, Store, choose_store, rank


def first(*consultants, avoid=()):
    return rank(consultants, avoid)[0].key


def test_of_two_equals_who_has_fewer_open_leads_comes_first():
    assert first(Consultant("a", 9, 2, 20), Consultant("b", 3, 2, 20)) == "b"


def test_of_two_equally_busy_who_sells_more_comes_first():
    assert first(Consultant("a", 5, 2, 20), Consultant("b", 5, 6, 20)) == "b"


def test_one_lucky_sale_does_not_make_a_master():
    lucky, proven = Consultant("lucky", 5, 1, 1), Consultant("proven", 5, 30, 100)
    assert first(lucky, proven, Consultant("usual", 5, 10, 100)) == "proven"


def test_a_beginner_gets_leads():
    veterans = [Consultant(n, 25, 10, 100) for n in range(3)]
    assert first(*veterans, Consultant("new")) == "new"


def test_a_store_without_history_shares_by_load():
    assert first(Consultant("a", 1), Consultant("b", 0)) == "b"


def test_who_let_it_lie_gets_it_only_if_alone():
    a, b = Consultant("a", 0, 9, 10), Consultant("b", 40, 0, 10)
    assert first(a, b, avoid=["a"]) == "b"
    assert first(a, avoid=["a"]) == "a"


def test_nobody_to_choose_from():
    assert rank([]) == []


def test_the_nearest_that_sells_it():
    stores = [Store("far", km=30), Store("near", km=4), Store("other", False, 1)]
    choice = choose_store(stores, "far")
    assert (choice.key, choice.code, choice.km) == ("near", "nearest", 4)


def test_equally_near_it_stays():
    choice = choose_store([Store("a", km=4), Store("b", km=4)], "b")
    assert choice.key == "b"


def test_only_one_sells_it():
    choice = choose_store([Store("a", False), Store("b")], "a")
    assert (choice.key, choice.code) == ("b", "only")


def test_without_distances_it_stays_where_it_can_be_served():
    choice = choose_store([Store("a"), Store("b")], "b")
    assert (choice.key, choice.code) == ("b", "stays")


def test_without_distances_the_first_that_sells_it():
    choice = choose_store([Store("a", False), Store("b"), Store("c")], "a")
    assert (choice.key, choice.code) == ("b", "sells")


def test_what_nobody_sells_stays():
    choice = choose_store([Store("a", False)], "a")
    assert (choice.key, choice.code) == ("a", "nobody")
