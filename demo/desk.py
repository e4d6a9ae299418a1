"""The desk: who may give away what, who lends, and what is offered beside the car."""

from dataclasses import replace

from . import customers, sale
from .products import net

LENDERS = "星槎汽车金融有限公司"
# name, months, the customer's rate, the lender's, fee, commission in percent
TERMS = (
    ("36 期 贴息 1.99%", 36, 1.99, 4.8, 0, 2.5),
    ("36 期 标准 4.8%", 36, 4.8, 4.8, 0, 3),
    ("60 期 标准 5.2%", 60, 5.2, 5.2, 1_800, 4),
)
ACCESSORIES = (
    ("Window Film with Fitting", "全车防爆膜（含施工）", 2_980, 1_150),
    ("Floor Mats and Trunk Mat", "全包围脚垫套装", 980, 360),
    ("Dashcam with Fitting", "行车记录仪（含安装）", 1_280, 540),
)
LIMITS = (
    {"role": "consultant", "amount": 6_000, "percent": 3},
    {"role": "manager", "amount": 15_000, "percent": 7},
    {"role": "director", "is_unlimited": True},
)
EXPECTED = (
    {"name": "保险手续费", "block": "insurance", "percent": 15},
    {
        **{"name": "季度返利", "block": "rebate", "percent": 2, "base": "cost"},
        "vat_percent": 13,
    },
    {"name": "销售顾问提成", "block": "commission", "amount": 450, "is_cost": True},
)
DRESSED = 0.6
INSURED = 0.8
FINANCED = 0.55


def list_accessories(world) -> None:
    """Before the stores open: opening them gives each product its taxes."""
    for name, chinese, price, _cost in ACCESSORIES:
        vals = {
            "name": name,
            "type": "service",
            "list_price": net(price),
            "dms_block": "accessories",
            "invoice_policy": "order",
        }
        world.create_bilingual("product.template", vals, name=chinese)


def agree(world, shop) -> None:
    """What the store agrees with lenders, and what it lets its people give away."""
    env = shop.env
    lender = _lender(world)
    for name, months, percent, asked, fee, commission in TERMS:
        env["dms.loan.terms"].create(
            {
                "name": name,
                "company_id": shop.company_id,
                "lender_id": lender.id,
                "months": months,
                "percent": percent,
                "lender_percent": asked,
                "fee": fee,
                "commission_percent": commission,
            }
        )
    for model, rows in (("dms.deal.limit", LIMITS), ("dms.deal.expectation", EXPECTED)):
        env[model].create([{"company_id": shop.company_id, **row} for row in rows])
    for (_name, _chinese, _price, cost), product in zip(
        ACCESSORIES, _accessories(world), strict=True
    ):
        product.with_company(shop.company_id).standard_price = cost


def _lender(world):
    partners = world.env["res.partner"]
    found = partners.search([("name", "=", LENDERS)], limit=1)
    return found or partners.create({"name": LENDERS, "is_company": True})


def _accessories(world):
    names = [name for name, *_rest in ACCESSORIES]
    products = world.env["product.product"].with_context(lang="en_US")
    return products.search([("name", "in", names)], order="id")


def dress(world, shop, orders) -> None:
    """Sell with most cars what goes with them: tax, insurance, plates, accessories."""
    for order in orders:
        vin = order.order_line[:1].dms_vehicle_id.vin
        chance = world.chance(f"desk {shop.data.code} {vin}")
        if len(order.order_line) == 1 and chance.random() < DRESSED:
            order._dms_add_products(_beside(world, chance))
            _insure(world, order, chance)


def _beside(world, chance):
    names = ["purchase_tax", "registration", "compulsory_insurance"]
    products = world.env["product.product"]
    for name in names:
        products |= world.env.ref(f"dms_sales.product_{name}").product_variant_id
    accessories = _accessories(world)
    return products | accessories.browse(
        chance.sample(accessories.ids, chance.randint(0, 2))
    )


def _insure(world, order, chance) -> None:
    if chance.random() < INSURED:
        policy = world.env.ref("dms_sales.product_commercial_insurance")
        line = order._dms_add_products(policy.product_variant_id)
        line._dms_charge(chance.randrange(3_200, 8_600, 10))


def lay_out(world, shop) -> None:
    """Three deals on the last days: one sent, one waits for a consent, one has it."""
    models = sorted({car.offer.product_id for car in shop.stock})
    if not models:
        return
    chance = world.chance(f"desk {shop.data.code}")
    # what happens here moves nothing of the story elsewhere
    shop = replace(shop, rng=chance)
    buyers = customers.create(shop, [shop.data.brands[0]] * 3)
    for number, buyer in enumerate(buyers):
        deal = _open(shop, buyer)
        for _variant in range(3):
            _offer(world, shop, deal, chance.choice(models), chance)
        (_send, _ask, _agree)[number](shop, deal)


def _open(shop, buyer):
    vals = {"partner_id": buyer.id, "company_id": shop.company_id}
    return shop.env["dms.deal"].create(vals | {"user_id": sale.seller(shop)})


def _offer(world, shop, deal, product_id: int, chance) -> None:
    product = shop.env["product.product"].browse(product_id)
    order = deal._dms_new_variant(product)
    _insure(world, order, chance)
    order._dms_add_products(
        world.env.ref("dms_sales.product_registration").product_variant_id
    )
    if chance.random() < FINANCED:
        _finance(shop, order, chance)


def _finance(shop, order, chance) -> None:
    terms = shop.env["dms.loan.terms"].search([("company_id", "=", shop.company_id)])
    price, _net = order._dms_price_of_car()
    amount = price * chance.choice((0.5, 0.6, 0.7)) // 1_000 * 1_000
    order.dms_desk_loan(chance.choice(terms).id, amount)


def _send(shop, deal) -> None:
    deal.dms_desk_send()


def _ask(shop, deal):
    """A consultant gives more than his limits let him."""
    order = deal.variant_ids.sorted("id")[0]
    price, _net = order._dms_price_of_car()
    discount = order.env.ref("dms_sales.product_store_discount").product_variant_id
    order.dms_desk_add(discount.id, round(price * 0.05, -2))
    consultant = _as_consultant(shop, order)
    if consultant._dms_consent().needs:
        consultant.dms_desk_ask("客户对比了同城另一家店的报价，今天可以定车")
    return order


def _agree(shop, deal) -> None:
    order = _ask(shop, deal)
    if order.dms_approval_ids:
        order.dms_desk_decide(True, "同意，需当天交定金")


def _as_consultant(shop, order):
    user = order.user_id if shop.seller_ids else shop.env.user
    context = dict(order.env.context, allowed_company_ids=[shop.company_id])
    return order.with_user(user).with_context(context)
