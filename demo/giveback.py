"""A car that goes back to its maker: return, credit note."""

from odoo.fields import Command

from .clock import days


def give_back(world, shop) -> None:
    """Return the longest-standing new car of the store that came by an order."""
    vehicles = shop.env["dms.vehicle"].browse([car.vehicle_id for car in shop.stock])
    ordered = set(vehicles.filtered("purchase_line_id").ids)
    candidates = [car for car in shop.stock if car.vehicle_id in ordered]
    if candidates:
        car = min(candidates, key=lambda each: (each.since, each.vehicle_id))
        shop.stock.remove(car)
        _return(world, shop, shop.vehicle(car))


def _return(world, shop, vehicle) -> None:
    receipt_line = vehicle.purchase_line_id.move_ids.move_line_ids.filtered(
        lambda line: line.lot_id == vehicle.lot_id and line.state == "done"
    )
    move = receipt_line.move_id
    line = {"product_id": move.product_id.id, "quantity": 1, "move_id": move.id}
    wizard = shop.env["stock.return.picking"].create(
        {
            "picking_id": move.picking_id.id,
            "product_return_moves": [Command.clear(), Command.create(line)],
        }
    )
    picking_id = wizard.action_create_returns()["res_id"]
    picking = shop.env["stock.picking"].browse(picking_id)
    picking.move_line_ids.lot_id = vehicle.lot_id
    picking.button_validate()
    world.tally["given back"] += 1
    order_id = vehicle.purchase_line_id.order_id.id
    world.after(days(3), lambda: _credit(world, shop, order_id))


def _credit(world, shop, order_id: int) -> None:
    order = shop.env["purchase.order"].browse(order_id)
    order.action_create_invoice()
    credit = order.invoice_ids.filtered(lambda move: move.state == "draft")
    credit.write({"invoice_date": world.today, "ref": f"{order.name}-RET"})
    credit.action_post()
