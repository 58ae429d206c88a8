package org.almagest.storage.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DataFilesTest {
    @Test
    void theFolderIsTheSecondByteOfTheNumber() {
        assertEquals("data/00/000001.seg", DataFiles.segment(1));
        assertEquals("data/00/0000ff.seg", DataFiles.segment(0xff));
        assertEquals("data/01/000100.seg", DataFiles.segment(0x100));
        assertEquals("data/8f/018f3c.seg", DataFiles.segment(0x018f3c));
        assertEquals("data/cd/89abcdef.seg", DataFiles.segment(0x89abcdefL));
        assertEquals("data/8f/018f3c.del", DataFiles.tombstones(0x018f3c));
        assertEquals("data/ff", DataFiles.folder(255));
    }

    @Test
    void onlyOurNamesAreNumbers() {
        assertEquals(OptionalLong.of(0x018f3c), DataFiles.numberOf("data/8f", "018f3c.seg"));
        assertEquals(OptionalLong.empty(), DataFiles.numberOf("data/8e", "018f3c.seg"));
        assertEquals(OptionalLong.empty(), DataFiles.numberOf("data/8f", "0018f3c.seg"));
        assertEquals(OptionalLong.empty(), DataFiles.numberOf("data/8f", "018F3C.seg"));
        assertEquals(OptionalLong.empty(), DataFiles.numberOf("data/00", "000000.seg"));
        assertEquals(OptionalLong.empty(), DataFiles.numberOf("data/ff", "ffffffffffffffff.seg"));
        assertEquals(OptionalLong.of(1), DataFiles.numberOf("data/00", "000001.del"));
        assertEquals(OptionalLong.empty(), DataFiles.numberOf("data/00", "000001.dat"));
        assertEquals(OptionalLong.empty(), DataFiles.numberOf("data/00", "000001.del.seg"));
    }
}
