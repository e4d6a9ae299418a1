"""An address as a QR code that is sharp at any size and needs no picture library."""

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

QUIET = 4


def qr_svg(text: str) -> str:
    """:param text: ASCII, as addresses are
    :return: an SVG document; a quarter of the code may be damaged or covered
    """
    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(text)
    code.make()
    size = code.getModuleCount()
    dark = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row in range(size)
        for column in range(size)
        if code.isDark(row, column)
    )
    side = size + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' width="{8 * side}" height="{8 * side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}"/></svg>'
    )
