package org.almagest.io.parquet.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.almagest.error.CatalogException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are well formed and ask for more than they are worth. */
class HostileFileTest {
    private static final MessageType NUMBERS = MessageTypeParser.parseMessageType("message m { required int64 n; }");
    private static final MessageType TEXTS = MessageTypeParser.parseMessageType("message m { required binary s; }");

    @TempDir
    Path folder;

    /** Writes row groups. */
    private interface Groups {
        void write(ParquetFileWriter writer) throws IOException;
    }

    private Path file(MessageType schema, Groups groups) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ParquetFileWriter writer = new ParquetFileWriter(
                new StreamOutput(bytes), schema, ParquetFileWriter.Mode.CREATE, 1L << 20, 0, 64, 1, false);
        writer.start();
        groups.write(writer);
        writer.end(Map.of());
        return Files.write(folder.resolve("a.parquet"), bytes.toByteArray());
    }

    /** Writes a row group with one page of the only column. */
    private static void group(
            ParquetFileWriter writer, MessageType schema, long rows, CompressionCodecName codec, Page page)
            throws IOException {
        writer.startBlock(rows);
        writer.startColumn(schema.getColumns().get(0), rows, codec);
        if (page.dictionary() != null) {
            writer.writeDictionaryPage(page.dictionary());
        }
        writer.writeDataPage(
                (int) rows,
                page.unpackedBytes(),
                BytesInput.from(page.packed()),
                Statistics.getBuilderForReading(schema.getColumns().get(0).getPrimitiveType())
                        .build(),
                rows,
                Encoding.RLE,
                Encoding.RLE,
                page.dictionary() == null ? Encoding.PLAIN : Encoding.RLE_DICTIONARY);
        writer.endColumn();
        writer.endBlock();
    }

    private record Page(
            byte[] packed, int unpackedBytes, @Nullable DictionaryPage dictionary) {}

    private static Page plain(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return new Page(bytes.array(), bytes.capacity(), null);
    }

    private String refusal(Path path) {
        return String.valueOf(assertThrows(CatalogException.class, () -> {
                            try (ParquetRows rows = ParquetRows.open(path, Limits.defaults())) {
                                rows.next();
                            }
                        })
                        .getMessage())
                .replace(folder + "/", "");
    }

    /** Writes a file with one row, and its footer anew. */
    private Path withFooter(Consumer<FileMetaData> change) throws IOException {
        Path path = file(NUMBERS, writer -> group(writer, NUMBERS, 1, CompressionCodecName.UNCOMPRESSED, plain(7)));
        byte[] bytes = Files.readAllBytes(path);
        ByteBuffer whole = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int start = bytes.length - 8 - whole.getInt(bytes.length - 8);
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, bytes.length - 8 - start));
        change.accept(footer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, out);
        ByteBuffer tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(out.size());
        tail.put("PAR1".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(bytes, 0, start);
        out.writeTo(changed);
        changed.writeBytes(tail.array());
        return Files.write(path, changed.toByteArray());
    }

    @Test
    void emptyRowGroupsAreNoDamage() throws IOException {
        Path path = withFooter(footer -> {
            RowGroup empty = new RowGroup(footer.getRow_groups().get(0));
            empty.setNum_rows(0);
            footer.getRow_groups().add(0, empty);
            footer.getRow_groups().add(empty);
        });
        try (ParquetRows rows = ParquetRows.open(path, Limits.defaults())) {
            assertArrayEquals(new Object[] {7L}, rows.next());
            assertNull(rows.next());
        }
    }

    @Test
    void pagesOfNothingButZerosAreRefused() throws IOException {
        int length = 64 << 20;
        byte[] packed = Zstd.compress(new byte[length]);
        Path path = file(
                NUMBERS,
                writer ->
                        group(writer, NUMBERS, length / 8, CompressionCodecName.ZSTD, new Page(packed, length, null)));
        assertEquals(
                "a.parquet: parquet: page: bytes for " + packed.length + " packed: 67108864 (at most "
                        + 1_000L * packed.length + ")",
                refusal(path));
    }

    @Test
    void dictionariesHaveNoMoreValuesThanBytes() throws IOException {
        byte[] word = {1, 0, 0, 0, 'a'};
        byte[] first = {1, 2, 0}; // one bit each: a run of one zero
        for (int size : new int[] {1, 2, Integer.MAX_VALUE}) {
            DictionaryPage dictionary = new DictionaryPage(BytesInput.from(word), size, Encoding.PLAIN);
            Path path = file(
                    TEXTS,
                    writer -> group(
                            writer,
                            TEXTS,
                            1,
                            CompressionCodecName.UNCOMPRESSED,
                            new Page(first, first.length, dictionary)));
            if (size == 1) {
                try (ParquetRows rows = ParquetRows.open(path, Limits.defaults())) {
                    assertArrayEquals("a".getBytes(StandardCharsets.US_ASCII), (byte[]) rows.next()[0]);
                }
            } else {
                assertEquals(
                        "a.parquet: parquet: column s: dictionary of " + size + " values in 5 bytes", refusal(path));
            }
        }
    }

    @Test
    void moreRowsThanAFileOfItsSizeHasAreRefused() throws IOException {
        Path path =
                file(NUMBERS, writer -> group(writer, NUMBERS, 1L << 40, CompressionCodecName.UNCOMPRESSED, plain(1)));
        assertEquals(
                "a.parquet: parquet: rows for its size: 1099511627776 (at most "
                        + (10_000_000 + 1_000 * Files.size(path)) + ")",
                refusal(path));
    }

    @Test
    void schemasWithoutColumnsAreRefused() throws IOException {
        Path path = withFooter(footer -> {
            footer.getSchema().remove(1);
            footer.getSchema().get(0).setNum_children(0);
            footer.getRow_groups().clear();
        });
        assertEquals("a.parquet: parquet: no columns", refusal(path));
    }

    private Path footer(int... content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(content.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("PAR1".getBytes(StandardCharsets.US_ASCII));
        for (int one : content) {
            bytes.put((byte) one);
        }
        bytes.putInt(content.length).put("PAR1".getBytes(StandardCharsets.US_ASCII));
        return Files.write(folder.resolve("a.parquet"), bytes.array());
    }

    @Test
    void listsInAFooterAreNoLongerThanTheBytesBehindThem() throws IOException {
        // version 1, then row groups: 2,000,000,000 structs
        assertEquals(
                "a.parquet: no whole Parquet file: footer: a list of 2000000000 elements with 1 bytes left",
                refusal(footer(0x15, 0x02, 0x39, 0xFC, 0x80, 0xA8, 0xD6, 0xB9, 0x07, 0)));
        // a text of 100 bytes
        assertEquals(
                "a.parquet: no whole Parquet file: footer: a text of 100 bytes with 1 left",
                refusal(footer(0x18, 100, 0)));
        assertEquals("a.parquet: no whole Parquet file: footer: ends early", refusal(footer(0x15)));
        int[] deep = new int[1_000];
        Arrays.fill(deep, 0x1C); // a struct in a struct
        assertEquals("a.parquet: no whole Parquet file: footer: nested too deeply", refusal(footer(deep)));
        Arrays.fill(deep, 0x19); // a list of a list
        assertEquals("a.parquet: no whole Parquet file: footer: nested too deeply", refusal(footer(deep)));
    }

    @Test
    void pagesOfTwoColumnsCountTogether() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message m { required int64 a; required int64 b; required int64 c; }");
        byte[] plain = new byte[8 * 50];
        byte[] packed = Zstd.compress(plain);
        Path path = file(schema, writer -> {
            writer.startBlock(50);
            for (ColumnDescriptor column : schema.getColumns()) {
                writer.startColumn(column, 50, CompressionCodecName.ZSTD);
                writer.writeDataPage(
                        50,
                        plain.length,
                        BytesInput.from(packed),
                        Statistics.getBuilderForReading(column.getPrimitiveType())
                                .build(),
                        50,
                        Encoding.RLE,
                        Encoding.RLE,
                        Encoding.PLAIN);
                writer.endColumn();
            }
            writer.endBlock();
        });
        try (ParquetRows rows = ParquetRows.open(path, Limits.defaults(), new PageBudget(1_200))) {
            assertArrayEquals(new Object[] {0L, 0L, 0L}, rows.next());
        }
        try (ParquetRows rows = ParquetRows.open(path, Limits.defaults(), new PageBudget(1_199))) {
            assertEquals(
                    path + ": parquet: pages: bytes: 1200 (at most 1199)",
                    assertThrows(LimitExceededException.class, rows::next).getMessage());
        }
    }
}
