package org.almagest.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptStoreException;
import org.almagest.internal.format.SectionFrame;
import org.almagest.storage.segment.Segments.Row;
import org.almagest.storage.segment.Segments.Written;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

/** Bytes whose checksums fit and whose content lies: refused by name, within bounded memory. */
class SegmentHostileTest {
    private static final List<Row> ROWS = GoldenSegments.KEYED;
    private static final Written WRITTEN = Segments.write(ROWS);

    private static Resealed resealed() throws Exception {
        return new Resealed(WRITTEN);
    }

    private static void readAll(Resealed hostile) {
        try (SegmentReader reader = Segments.open(hostile.bytes(), hostile.ref())) {
            PageCursor cursor = reader.cursor();
            for (int row = 0; row < reader.rowCount(); row++) {
                reader.lowerBound(reader.idHigh(row), reader.idLow(row));
                reader.boxes().box(row);
                cursor.seek(row);
                Arrays.copyOfRange(cursor.bytes(), cursor.bodyOffset(), cursor.bodyOffset() + cursor.bodyLength());
                cursor.commitSequence();
                reader.extents();
                if (reader.isKeyed() && row < ROWS.size()) {
                    reader.keyCandidates(ROWS.get(row).requireKeyHash());
                }
                reader.commitOrdinal(row);
            }
        }
    }

    private static void assertRefused(Resealed hostile, String rule) {
        String message = assertThrows(CorruptStoreException.class, () -> readAll(hostile))
                .getMessage();
        assertTrue(message.startsWith(rule), message);
        assertFound(hostile, rule);
    }

    private static void assertFound(Resealed hostile, String rule) {
        List<Finding> findings = SegmentVerifier.verify(Segments.map(hostile.bytes()), 0, hostile.ref());
        assertTrue(findings.stream().anyMatch(finding -> finding.rule().startsWith(rule)), findings.toString());
    }

    @Test
    void refusesCountsThatTheBytesCannotHold() throws Exception {
        for (int count : new int[] {-1, 0, SegmentFormat.ROWS_MAX + 1, Integer.MAX_VALUE}) {
            Resealed hostile = resealed();
            hostile.footerBody().putInt(SegmentFooter.ROW_COUNT_OFFSET, count);
            hostile.sealFooter();
            assertRefused(hostile, "segment footer: row count " + count + " (1 to 67108864)");
        }
        Resealed rows = resealed();
        rows.footerBody().putInt(SegmentFooter.ROW_COUNT_OFFSET, SegmentFormat.ROWS_MAX);
        rows.sealFooter();
        assertRefused(rows, "page directory: page 0: 67108864 rows in");
        Resealed pages = resealed();
        pages.footerBody().putInt(SegmentFooter.PAGE_COUNT_OFFSET, ROWS.size());
        pages.sealFooter();
        assertRefused(pages, "page directory: 8 bytes (expected 5 × 8)");
        Resealed commits = resealed();
        commits.footerBody().putInt(SegmentFooter.COMMIT_COUNT_OFFSET, ROWS.size());
        commits.sealFooter();
        assertRefused(commits, "commit table: 32 bytes (expected 5 × 16)");
    }

    @Test
    void refusesAPageWhosePartsDoNotFitIntoIt() throws Exception {
        int[] parts = {12, 16, 20}; // records, record bits, heap
        for (int part : parts) {
            for (int value : new int[] {-1, 1 << 30, Integer.MAX_VALUE}) {
                Resealed hostile = resealed();
                hostile.page(0).putInt(part, value);
                hostile.sealPage(0);
                assertRefused(hostile, "page 0: ");
            }
        }
        for (int columns : new int[] {100, 0xFFFF}) {
            Resealed hostile = resealed();
            hostile.page(0).putShort(10, (short) columns);
            hostile.sealPage(0);
            assertRefused(hostile, "page 0: " + columns + " columns, ");
        }
        Resealed longer = resealed();
        longer.page(0).putInt(24, 100);
        longer.sealPage(0);
        assertRefused(longer, "page 0: length ");
    }

    @Test
    void refusesAPageThatIsNotTheOneOfTheDirectory() throws Exception {
        Resealed rows = resealed();
        rows.page(0).putShort(8, (short) (ROWS.size() + 1));
        rows.sealPage(0);
        assertRefused(rows, "page 0: is not the page of rows 0 to 4");
        Resealed directory = resealed();
        directory.body(SectionKind.PAGE_DIRECTORY).putInt(0, 1);
        directory.seal();
        assertRefused(directory, "page directory: begins after the first row or page");
    }

    @Test
    void refusesPagesThatLeaveTheSegmentAndComeBack() throws Exception {
        Resealed hostile = new Resealed(Segments.write(Segments.largeRows(4)));
        assertEquals(4, hostile.footer().pageCount());
        int[] offsets = {0x7fffff00, 0x80000100, 0xffffff00}; // each after the one before, without signs
        for (int page = 1; page < 4; page++) {
            int at = page * PageDirectory.ROW_BYTES + Integer.BYTES;
            hostile.body(SectionKind.PAGE_DIRECTORY).putInt(at, offsets[page - 1]);
        }
        hostile.seal();
        assertRefused(hostile, "page directory: page 1: 1 rows in -");
    }

    @Test
    void verifyFindsWhatNoQueryMustPayFor() throws Exception {
        Resealed ids = resealed();
        ByteBuffer column = ids.body(SectionKind.ID_COLUMN);
        column.putLong(16, column.getLong(48));
        column.putLong(24, column.getLong(56));
        ids.seal();
        assertFound(ids, "id column: row 2 is below the row before");
        Resealed twice = resealed();
        ByteBuffer repeated = twice.body(SectionKind.ID_COLUMN);
        repeated.putLong(16, repeated.getLong(32));
        repeated.putLong(24, repeated.getLong(40));
        twice.seal();
        assertFound(twice, "id column: row 2: commit 11 after 11 of the same id");
        Resealed boxes = resealed();
        boxes.body(SectionKind.BOX_COLUMN).putFloat(16 + 12, 91);
        boxes.seal();
        assertFound(boxes, "box column: row 1: Box[");
        Resealed commits = resealed();
        ByteBuffer table = commits.body(SectionKind.COMMIT_TABLE);
        table.putLong(0, table.getLong(16));
        commits.seal();
        assertFound(commits, "commit table: commit 11 at ");
        Resealed keys = resealed();
        ByteBuffer index = keys.body(SectionKind.KEY_INDEX);
        index.putInt(index.limit() - 4, 0);
        keys.seal();
        assertFound(keys, "key index: entry 4: row 0 (named twice)");
        Resealed ordinals = resealed();
        ByteBuffer packed = ordinals.body(SectionKind.COMMIT_COLUMN);
        packed.put(packed.limit() - 9, (byte) (packed.get(packed.limit() - 9) ^ 2));
        ordinals.seal();
        assertFound(ordinals, "commit column: row 1 is of another commit");
        Resealed raw = resealed();
        raw.footerBody().putLong(SegmentFooter.RAW_BYTES_OFFSET, 1);
        raw.sealFooter();
        assertFound(raw, "segment: 245 bytes of bodies (expected 1)");
        Resealed extents = resealed();
        extents.body(SectionKind.EXTENT_ZONES).putLong(0, 7);
        extents.seal();
        assertFound(extents, "extent zones: span ExtentRange[minStartMillis=7, ");
    }

    @Test
    void refusesTimesAndZonesThatDoNotGoTogether() throws Exception {
        Resealed longer = new Resealed(Segments.write(GoldenSegments.PLAIN));
        longer.footerBody().putLong(SegmentFooter.MAX_END_OFFSET, 1);
        longer.sealFooter();
        assertRefused(longer, "segment footer: ExtentRange[minStartMillis=0, maxEndMillis=1] without extent zones");
        Resealed reserved = new Resealed(Segments.write(GoldenSegments.PLAIN));
        reserved.footerBody().putInt(reserved.footerBody().limit() - Integer.BYTES, 1);
        reserved.sealFooter();
        assertRefused(reserved, "segment footer: padding is not zero");
        Resealed rows = new Resealed(Segments.write(Segments.rowsWithExtent(ExtentZones.ROWS)));
        rows.footerBody().putInt(SegmentFooter.ROW_COUNT_OFFSET, ExtentZones.ROWS + 1);
        rows.sealFooter();
        assertFound(rows, "extent zones: 16 bytes (expected 2 × 16)");
    }

    @Test
    void refusesSectionsThatThisVersionDoesNotHaveOrThatAreOutOfPlace() throws Exception {
        Resealed unknown = resealed();
        unknown.footerBody().putInt(SegmentFooter.SECTIONS_OFFSET, 0x7777);
        unknown.sealFooter();
        assertRefused(unknown, "segment footer: section of a kind that this version does not have");
        Resealed field = resealed();
        field.footerBody().putInt(SegmentFooter.SECTIONS_OFFSET + SectionTable.FIELD_NUMBER_OFFSET, 5);
        field.sealFooter();
        assertRefused(field, "segment footer: page directory of field 5 out of order");
        Resealed twice = resealed();
        int second = SegmentFooter.SECTIONS_OFFSET + SectionTable.ENTRY_BYTES;
        twice.footerBody().putInt(second, SectionKind.PAGE_DIRECTORY.code());
        twice.sealFooter();
        assertRefused(twice, "segment footer: page directory out of order");
        Resealed lost = resealed();
        lost.footerBody().putInt(SegmentFooter.SECTIONS_OFFSET + 3 * SectionTable.ENTRY_BYTES, 7);
        lost.sealFooter();
        assertRefused(lost, "segment footer: ");
        for (int count : new int[] {-1, 8, SectionTable.COUNT_MAX + 1}) {
            Resealed sections = resealed();
            sections.footerBody().putInt(SegmentFooter.SECTION_COUNT_OFFSET, count);
            sections.sealFooter();
            assertRefused(sections, "segment footer: " + count + " sections in ");
        }
    }

    @Test
    void refusesAKeyEntryOfARowThatIsNotThere() throws Exception {
        Resealed hostile = resealed();
        ByteBuffer index = hostile.body(SectionKind.KEY_INDEX);
        for (int i = 0; i < ROWS.size(); i++) {
            index.putInt(index.limit() - 4 * (i + 1), ROWS.size());
        }
        hostile.seal();
        assertRefused(hostile, "key index: entry ");
    }

    @Test
    void whateverASealedLieSaysNothingButARefusalComesOut() {
        Seeded.repeat(3_000, random -> {
            Resealed hostile = resealed();
            int lies = 1 + random.nextInt(3);
            for (int i = 0; i < lies; i++) {
                List<SectionTable.Section> sections =
                        hostile.footer().sections().all();
                int part = random.nextInt(sections.size() + 2);
                ByteBuffer target = part < sections.size()
                        ? hostile.body(sections.get(part).kind())
                        : part == sections.size() ? hostile.page(0) : hostile.footerBody();
                int at = random.nextInt(target.limit() - Integer.BYTES + 1);
                int value = random.nextBoolean() ? random.nextInt() : 1 << random.nextInt(Integer.SIZE);
                target.putInt(at, random.nextBoolean() ? value : target.getInt(at) + random.nextInt(-2, 3));
            }
            hostile.sealPage(0);
            hostile.seal();
            try {
                readAll(hostile);
            } catch (CatalogException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
            List<Finding> findings = SegmentVerifier.verify(Segments.map(hostile.bytes()), 0, hostile.ref());
            assertTrue(findings.size() <= SegmentVerifier.FINDINGS_MAX);
        });
    }

    @Test
    void aSegmentOfAnotherVersionIsUnsupportedNotCorrupt() {
        byte[] newer = withVersion(5);
        assertEquals(
                "segment: format 0.5 (this build reads 0.4) [data/8f/018f3c.seg @ 0]",
                assertThrows(CatalogException.class, () -> Segments.open(newer, WRITTEN.ref(0)))
                        .getMessage());
        byte[] major = withVersion(1 << 16);
        assertEquals(
                "segment: format 1.0 (this build reads 0.4) [data/8f/018f3c.seg @ 0]",
                assertThrows(CatalogException.class, () -> Segments.open(major, WRITTEN.ref(0)))
                        .getMessage());
        byte[] flipped = WRITTEN.bytes().clone();
        flipped[4] = 5;
        assertThrows(CorruptStoreException.class, () -> Segments.open(flipped, WRITTEN.ref(0)));
    }

    private static byte[] withVersion(int version) {
        byte[] bytes = WRITTEN.bytes().clone();
        new SectionFrame("segment header", SegmentFormat.HEADER.magic(), version)
                .seal(ByteBuffer.wrap(bytes, 0, SegmentHeader.FRAME_BYTES), Segments.IDENTITY.place(0));
        return bytes;
    }
}
