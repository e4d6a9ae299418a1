from datetime import datetime, timedelta, timezone

from odoo.addons.dms_sales.adf import Instruction, parse

EXAMPLE = (
    b'<?adf version="1.0"?><adf><prospect status="new"><id source="web">L7</id>'
    b"<requestdate>2026-03-02T10:15:00+08:00</requestdate>"
    b'<vehicle interest="buy" status="new"><year>2026</year><make>Demo</make>'
    b"<model>X1</model></vehicle><customer><contact>"
    b'<name part="full">Test</name><phone>13800000000</phone></contact></customer>'
    b"<vendor><vendorname>D01</vendorname></vendor></prospect></adf>"
)

FULL = """<?xml version="1.0" encoding="UTF-8"?>
<?adf version="1.0"?>
<adf>
  <prospect status="resend">
    <id sequence="1" source="web">L7</id>
    <id sequence="2" source="oem">88</id>
    <requestdate>2026-03-02T10:15:00+0800</requestdate>
    <vehicle interest="test-drive" status="new">
      <id source="web">V1</id>
      <year>2026</year><make>Demo</make><model>X1</model><vin>LFV2A21K8A3000001</vin>
      <stock>S-9</stock><trim>Pro</trim><doors>5</doors><bodystyle>SUV</bodystyle>
      <transmission>A</transmission>
      <odometer status="original" units="km">12</odometer>
      <condition>excellent</condition>
      <colorcombination>
        <interiorcolor>black</interiorcolor><exteriorcolor>white</exteriorcolor>
        <preference>1</preference>
      </colorcombination>
      <colorcombination><exteriorcolor>blue</exteriorcolor></colorcombination>
      <imagetag width="40" height="30" alttext="a car">https://example.com/1</imagetag>
      <price type="offer" currency="CNY">150000</price>
      <pricecomments>with plates</pricecomments>
      <option>
        <optionname>Sunroof</optionname><manufacturercode>SR</manufacturercode>
        <weighting>65</weighting>
      </option>
      <finance>
        <method>finance</method>
        <amount type="downpayment" limit="maximum" currency="CNY">50000</amount>
        <balance type="finance" currency="CNY">100000</balance>
      </finance>
      <comments>this month</comments>
    </vehicle>
    <vehicle interest="trade-in" status="used"><make>Old</make></vehicle>
    <customer>
      <contact primarycontact="1">
        <name part="first">San</name><name part="last">Zhang</name>
        <email preferredcontact="1">z@example.com</email>
        <phone type="cellphone" time="evening">13800000000</phone>
        <phone type="voice">059100000000</phone>
        <address type="home">
          <street line="1">1 Long Street</street><street line="2">Gate 2</street>
          <apartment>301</apartment><city>Fuzhou</city><regioncode>FJ</regioncode>
          <postalcode>350000</postalcode><country>CN</country>
        </address>
      </contact>
      <timeframe>
        <description>soon</description><earliestdate>2026-03-05</earliestdate>
        <latestdate>2026-03-31</latestdate>
      </timeframe>
      <comments>calls back</comments>
    </customer>
    <vendor>
      <id source="oem">D01</id><vendorname>Store</vendorname><url>https://d.example</url>
      <contact><name part="full">Sales</name></contact>
    </vendor>
    <provider>
      <name part="full">Portal</name><service>Leads</service>
      <url>https://p.example</url><email>p@example.com</email><phone>400</phone>
    </provider>
  </prospect>
</adf>"""


def prospect(inside):
    return f"<adf><prospect>{inside}</prospect></adf>"


def only(data):
    [found] = parse(data).prospects
    return found


def test_the_short_example():
    lead = only(EXAMPLE)
    assert (lead.status, lead.ids[0].value, lead.ids[0].source) == ("new", "L7", "web")
    [car] = lead.vehicles
    assert (car.interest, car.status) == ("buy", "new")
    assert (car.year, car.make, car.model) == ("2026", "Demo", "X1")
    contact = lead.customer.contact
    assert (contact.full_name, contact.phones[0].value) == ("Test", "13800000000")
    assert lead.vendor.vendorname == "D01"


def test_the_ids_have_an_order():
    assert [(i.sequence, i.source, i.value) for i in only(FULL).ids] == [
        ("1", "web", "L7"),
        ("2", "oem", "88"),
    ]


def test_the_car_that_is_wanted():
    car = only(FULL).vehicles[0]
    assert (car.ids[0].value, car.vin, car.stock) == ("V1", "LFV2A21K8A3000001", "S-9")
    assert (car.trim, car.doors, car.bodystyle) == ("Pro", "5", "SUV")
    assert (car.transmission, car.condition) == ("A", "excellent")
    assert (car.odometer.value, car.odometer.units) == ("12", "km")
    assert (car.imagetag.value, car.imagetag.alttext) == (
        "https://example.com/1",
        "a car",
    )
    assert car.comments == "this month"


def test_colours_in_order_of_preference():
    first, second = only(FULL).vehicles[0].colorcombinations
    assert (first.interiorcolor, first.exteriorcolor, first.preference) == (
        *("black", "white", "1"),
    )
    assert (second.interiorcolor, second.exteriorcolor) == ("", "blue")


def test_prices_options_and_money():
    car = only(FULL).vehicles[0]
    [price], [option] = car.prices, car.options
    assert (price.value, price.type, price.currency) == ("150000", "offer", "CNY")
    assert car.pricecomments == "with plates"
    assert (option.optionname, option.manufacturercode) == ("Sunroof", "SR")
    assert option.weighting == "65"
    [amount], [balance] = car.finance.amounts, car.finance.balances
    assert (car.finance.method, amount.value, amount.limit) == (
        *("finance", "50000", "maximum"),
    )
    assert (balance.value, balance.type) == ("100000", "finance")


def test_the_car_that_is_given_in():
    wanted, given = only(FULL).vehicles
    assert (wanted.is_trade_in, given.is_trade_in) == (False, True)


def test_the_customer():
    customer = only(FULL).customer
    contact = customer.contact
    assert contact.full_name == "San Zhang"
    assert contact.emails[0].preferredcontact == "1"
    assert [(p.type, p.time) for p in contact.phones] == [
        ("cellphone", "evening"),
        ("voice", ""),
    ]
    assert customer.timeframe.latestdate == "2026-03-31"
    assert customer.comments == "calls back"


def test_the_address():
    [address] = only(FULL).customer.contact.addresses
    assert [street.value for street in address.streets] == ["1 Long Street", "Gate 2"]
    assert (address.city, address.postalcode, address.country) == (
        *("Fuzhou", "350000", "CN"),
    )


def test_for_whom_and_from_whom():
    lead = only(FULL)
    assert lead.vendor.ids[0].value == "D01"
    assert lead.vendor.contact.full_name == "Sales"
    assert (lead.provider.name.value, lead.provider.service) == ("Portal", "Leads")
    assert (lead.provider.email.value, lead.provider.phone.value) == (
        *("p@example.com", "400"),
    )


def test_when_it_was_asked_for():
    beijing = timezone(timedelta(hours=8))
    moment = datetime(2026, 3, 2, 10, 15, tzinfo=beijing)
    assert only(EXAMPLE).requested == moment
    assert only(FULL).requested == moment


def test_other_ways_to_write_the_time():
    for stamp, zone in [
        ("2026-03-02T02:15:00Z", timezone.utc),
        ("2026-03-02 02:15:00", None),
        ("2026-03-02T02:15:00.000-00:00", timezone.utc),
    ]:
        lead = only(prospect(f"<requestdate>{stamp}</requestdate>"))
        assert lead.requested == datetime(2026, 3, 2, 2, 15, tzinfo=zone)


def test_a_time_that_is_none_stays_a_text():
    lead = only(prospect("<requestdate>asap</requestdate>"))
    assert (lead.requested, lead.requestdate) == (None, "asap")


def test_nothing_has_to_be_there():
    lead = only(prospect(""))
    assert lead.vehicles == ()
    assert lead.customer.contact.full_name == ""
    assert lead.customer.timeframe.description == ""
    assert lead.requested is None


def test_several_prospects_in_one_file():
    found = parse("<adf><prospect status='a'/><prospect status='b'/></adf>")
    assert [one.status for one in found.prospects] == ["a", "b"]


def test_the_full_name_wins_over_its_parts():
    names = '<name part="first">A</name><name part="full">A B</name>'
    lead = only(prospect(f"<customer><contact>{names}</contact></customer>"))
    assert lead.customer.contact.full_name == "A B"


def test_blanks_around_a_text_do_not_count_and_lines_within_do():
    words = "<comments>\n  one\n  two\n</comments>"
    lead = only(prospect(f"<customer>{words}</customer>"))
    assert lead.customer.comments == "one\n  two"


def test_marked_text_is_read_as_text():
    words = "<comments><![CDATA[a < b]]> and <b>more</b></comments>"
    lead = only(prospect(f"<customer>{words}</customer>"))
    assert lead.customer.comments == "a < b and more"


def test_a_comment_is_not_read():
    lead = only("<adf><!-- x --><prospect status='new'><!-- y --></prospect></adf>")
    assert (lead.status, lead.extras) == ("new", ())


def test_the_version_as_the_sender_states_it():
    assert parse(EXAMPLE).version == "1.0"
    assert parse(FULL).instructions == (Instruction("adf", 'version="1.0"'),)
    assert parse('<?ADF VERSION "1.0"?><adf><prospect/></adf>').version == "1.0"
    assert parse("<adf><prospect/></adf>").version == ""


def test_shouted_names_are_understood():
    assert only("<ADF><PROSPECT><ID>7</ID></PROSPECT></ADF>").ids[0].value == "7"


def test_names_in_a_namespace_are_understood():
    for text in (
        '<adf xmlns="urn:x"><prospect><id>7</id></prospect></adf>',
        '<a:adf xmlns:a="urn:x"><a:prospect><a:id>7</a:id></a:prospect></a:adf>',
    ):
        found = parse(text)
        assert found.namespace == "urn:x"
        assert found.prospects[0].ids[0].value == "7"


def test_encodings():
    words = prospect("<customer><comments>你好</comments></customer>")
    declared = '<?xml version="1.0" encoding="{}"?>' + words
    for data in (
        words,
        words.encode(),
        b"\xef\xbb\xbf" + words.encode(),
        b"\r\n " + words.encode(),
        declared.format("GBK").encode("gbk"),
        declared.format("UTF-16").encode("utf-16"),
        declared.format("GBK"),
    ):
        assert only(data).customer.comments == "你好"
