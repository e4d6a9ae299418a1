"""Who works in the group: one login per role in the first store, sellers elsewhere."""

from typing import NamedTuple

from .names import person


class Person(NamedTuple):
    """``role`` is the group ``dms_base.group_dms_<role>``."""

    login: str
    name: str
    role: str


# The first store shows every role; its group admin opens all the others.
GROUP_ADMIN = Person("groupadmin", "萧思远", "group_admin")
FIRST_STORE = (
    Person("manager", "沈国栋", "store_manager"),
    Person("salesmanager", "许明轩", "sales_manager"),
    Person("consultant", "林欣怡", "sales_consultant"),
    Person("advisor", "陈志强", "service_advisor"),
    Person("workshop", "赵建国", "workshop_manager"),
    Person("technician", "孙鹏", "technician"),
    Person("parts", "何海燕", "parts_clerk"),
    Person("fi", "唐嘉怡", "fi_officer"),
    Person("accountant", "周淑珍", "accountant"),
    Person("guard", "马建军", "gate_guard"),
    GROUP_ADMIN,
)
# These are hired for all stores at once.
GROUP_STAFF = (
    Person("auditor", "郑文博", "auditor"),
    Person("integrator", "数据接口", "integrator"),
)
# Of the bank that lends to the stores; works in the portal.
BANKER = Person("bank", "郭立群", "bank")
# One customer of each store has a login; this is the first store's.
CUSTOMER = Person("customer", "", "customer")
SHOWN = (*FIRST_STORE, *GROUP_STAFF, BANKER, CUSTOMER)

TITLES = {
    "store_manager": "Store manager / 店总",
    "sales_manager": "Sales manager / 销售经理",
    "sales_consultant": "Sales consultant / 销售顾问",
    "service_advisor": "Service advisor / 服务顾问",
    "workshop_manager": "Workshop manager / 车间主管",
    "technician": "Technician / 技师",
    "parts_clerk": "Parts clerk / 配件员",
    "fi_officer": "F&I officer / 金融专员",
    "accountant": "Accountant / 会计",
    "gate_guard": "Gate guard, by phone at /dms/gate / 门卫",
    "group_admin": "Group admin of all stores / 集团管理员",
    "auditor": "Auditor of all stores / 审计",
    "integrator": "Integrator, API keys only / 接口账号",
    "bank": "Bank, co-signs for certificates / 银行",
    "customer": "Customer, by phone at /my / 客户",
}


def of_store(data, first: bool, rng) -> list[Person]:
    """:return: everybody who starts with the store"""
    code = data.code.lower()
    manager = Person(f"{code}.manager", person(rng), "store_manager")
    people = list(FIRST_STORE) if first else [manager]
    taken = sum(each.role == "sales_consultant" for each in people)
    return people + [
        Person(f"{code}.consultant{number}", person(rng), "sales_consultant")
        for number in range(taken + 1, data.consultants + 1)
    ]
