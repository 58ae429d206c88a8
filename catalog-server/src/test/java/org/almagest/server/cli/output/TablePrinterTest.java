package org.almagest.server.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almagest.server.cli.output.TablePrinter.Column;
import org.junit.jupiter.api.Test;

class TablePrinterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private TablePrinter table(Terminal terminal, Column... columns) {
        return new TablePrinter(new Console(out, err, terminal), List.of(columns));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textLeansLeftAndNumbersRight() {
        try (TablePrinter table = table(Terminal.NONE, Column.text("name"), Column.number("count"))) {
            table.row("a", "5");
            table.row("longer", "1,000");
        }
        assertEquals("name    count\na           5\nlonger  1,000\n", printed());
    }

    @Test
    void nothingIsPrintedWithoutARow() {
        table(Terminal.NONE, Column.text("name")).close();
        assertEquals("", printed());
    }

    @Test
    void columnsWithoutValuesAreLeftOut() {
        try (TablePrinter table = table(Terminal.NONE, Column.text("a"), Column.text("b"), Column.text("c"))) {
            table.row("1", "", "3");
            table.row("1", "", "");
        }
        assertEquals("a  c\n1  3\n1\n", printed());
    }

    @Test
    void aTerminalIsNeverOverrun() {
        Column[] columns = {Column.text("first"), Column.text("second"), Column.text("third"), Column.text("fourth")};
        try (TablePrinter table = table(Terminal.of("1", "40"), columns)) {
            table.row("x".repeat(100), "y".repeat(30), "z", "hidden");
            table.row("🛰".repeat(50), "", "z", "hidden");
        }
        printed().lines().forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 40, line));
        assertTrue(printed().contains("…"), printed());
        assertEquals("columns that do not fit: fourth\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void dataCannotCommandTheTerminal() {
        try (TablePrinter table = table(Terminal.of("1", "80"), Column.text("name"))) {
            table.row("a\u001b[31mb\nc\u202ed");
        }
        assertEquals("name\na [31mb c d\n", printed());
    }

    @Test
    void longTablesAreStreamed() {
        try (TablePrinter table = table(Terminal.NONE, Column.number("n"))) {
            for (int i = 0; i < 2_500; i++) {
                table.row(Integer.toString(i));
            }
        }
        assertEquals(2_501, printed().lines().count());
    }

    @Test
    void progressIsShownOnATerminalOnly() {
        try (ProgressBar bar = new ProgressBar(new Console(out, err, Terminal.NONE), "work")) {
            bar.show(1, 2, "");
        }
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        try (ProgressBar bar = new ProgressBar(new Console(out, err, Terminal.of("2", "100")), "work")) {
            bar.show(1, 2, "5 rows");
            bar.show(2, 2, "too soon to be shown");
        }
        assertEquals(
                "\r\u001b[Kwork [###############...............]  50 % 5 rows\r\u001b[K",
                err.toString(StandardCharsets.UTF_8));
    }
}
