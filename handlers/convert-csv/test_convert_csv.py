# The conversion, as a table of cases: python3 -m unittest discover handlers/convert-csv
import unittest

from convert_csv import BadCatalogue, decode, json_lines


class Conversion(unittest.TestCase):
    def test_rows_become_objects(self):
        self.assertEqual(
            list(json_lines('name,note\nsea.jpg,"blue, and ""wide"""\r\n\nÉté.png,two\n')),
            ['{"name": "sea.jpg", "note": "blue, and \\"wide\\""}', '{"name": "Été.png", "note": "two"}'],
        )

    def test_line_breaks_in_quotes_stay(self):
        self.assertEqual(list(json_lines('a\n"one\ntwo"\n')), ['{"a": "one\\ntwo"}'])

    def test_a_header_alone_is_an_empty_catalogue(self):
        self.assertEqual(list(json_lines("name,note\n")), [])

    def test_a_byte_order_mark_is_no_part_of_a_name(self):
        self.assertEqual(decode(b"\xef\xbb\xbfname"), "name")

    def test_what_cannot_be_converted(self):
        for text, reason in [
            ("", "The first line does not name every column"),
            ("a,,c\n", "The first line does not name every column"),
            ("a,b,a\n", "Two columns have the same name"),
            ("a,b\n1,2\n3\n", "Line 3 has 1 values for 2 columns"),
            ('a\n"open\n', "Line 2 is not CSV: unexpected end of data"),
        ]:
            with self.subTest(text=text), self.assertRaisesRegex(BadCatalogue, reason):
                list(json_lines(text))
        with self.assertRaisesRegex(BadCatalogue, "not UTF-8"):
            decode(b"\xff\xfe")


if __name__ == "__main__":
    unittest.main()
