from tempfile import TemporaryFile

import xlsxwriter

from odoo import http
from odoo.http import request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AuditExport(http.Controller):
    @http.route("/dms/audit/<int:report_id>.xlsx", type="http", auth="user")
    def workbook(self, report_id):
        """Send the entries a report asks for; rows go through a file, not memory."""
        report = request.env["dms.audit.report"].browse(report_id)
        report.check_access("read")
        entries = request.env["dms.audit.entry"]
        entries.check_access("read")
        entries._note("export", entries, {"domain": str(report._domain())})
        file = TemporaryFile()
        self._write(file, report)
        file.seek(0)
        return request.make_response(
            iter(lambda: file.read(65536), b""),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", http.content_disposition("audit.xlsx")),
            ],
        )

    def _write(self, file, report):
        with xlsxwriter.Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False}
        ) as workbook:
            sheet = workbook.add_worksheet()
            moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            sheet.set_column(0, 0, 20, moment)
            sheet.write_row(0, 0, report._headers(), workbook.add_format({"bold": 1}))
            for number, row in enumerate(report._rows(), start=1):
                sheet.write_datetime(number, 0, row[0], moment)
                for column, text in enumerate(row[1:], start=1):
                    sheet.write_string(number, column, text)
