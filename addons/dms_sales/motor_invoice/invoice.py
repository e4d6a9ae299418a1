"""机动车销售统一发票, field by field."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .capitals import capitals
from .party import Party
from .split import VAT_PERCENT, Split, split
from .state import State


@dataclass(frozen=True, slots=True)
class Car:
    """What the invoice says of the car.

    :ivar category: 车辆类型
    :ivar model: 厂牌型号
    :ivar origin: 产地
    :ivar certificate: 合格证号, of a domestic car
    :ivar import_certificate: 进口证明书号
    :ivar inspection: 商检单号, of an imported car
    :ivar engine: 发动机号码, of an electric car that of its motor
    :ivar vin: 车辆识别代号
    :ivar tonnage: 吨位, of a truck, in tonnes; 0 for none
    :ivar seats: 限乘人数
    """

    vin: str = ""
    category: str = ""
    model: str = ""
    origin: str = ""
    certificate: str = ""
    import_certificate: str = ""
    inspection: str = ""
    engine: str = ""
    tonnage: Decimal = Decimal(0)
    seats: int = 0
    is_import: bool = False
    is_truck: bool = False


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice for one car, amounts in yuan.

    :ivar code: 发票代码; a fully digital invoice (数电票) has none
    :ivar number: 发票号码, of a fully digital one 20 digits
    :ivar machine: 机器编号
    :ivar gross: 价税合计; ``net`` 不含税价 and ``tax`` 税额 as they stand on it
    :ivar office: 主管税务机关, with ``office_code``
    :ivar receipt: 完税凭证号码
    :ivar goods_code: 商品编码
    :ivar drawer: 开票人
    :ivar is_deducted: the buyer means to deduct the VAT
    :ivar reverses: ``key`` of the blue invoice that this red one takes back
    """

    buyer: Party
    seller: Party
    car: Car
    gross: Decimal
    net: Decimal
    tax: Decimal
    code: str = ""
    number: str = ""
    issued_on: date | None = None
    machine: str = ""
    percent: Decimal = VAT_PERCENT
    office: str = ""
    office_code: str = ""
    receipt: str = ""
    goods_code: str = ""
    drawer: str = ""
    is_deducted: bool = False
    state: State = State.NORMAL
    reverses: str = ""

    @classmethod
    def of(
        cls, buyer: Party, seller: Party, car: Car, amounts: Split, **rest: Any
    ) -> "Invoice":
        """:return: an invoice over amounts that ``split`` made"""
        return cls(buyer, seller, car, *amounts, **rest)

    @property
    def key(self) -> str:
        """What tells invoices apart: code and number, ``""`` before it is issued."""
        return self.code + self.number

    @property
    def words(self) -> str:
        """The price with VAT in capitals (大写)."""
        return capitals(self.gross)

    @property
    def split(self) -> Split:
        """What the amounts must be."""
        return split(self.gross, self.percent)
