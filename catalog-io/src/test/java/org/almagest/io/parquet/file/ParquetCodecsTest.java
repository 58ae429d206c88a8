package org.almagest.io.parquet.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.testing.Seeded;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class ParquetCodecsTest {
    @Test
    void pagesThatClaimTooMuchAreRefusedBeforeTheyAreUnpacked() {
        ParquetCodecs codecs = new ParquetCodecs();
        for (CompressionCodecName codec : List.of(
                CompressionCodecName.ZSTD,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.GZIP,
                CompressionCodecName.LZ4_RAW)) {
            BytesInput packed = BytesInput.from(new byte[] {1, 2, 3});
            LimitExceededException bomb = assertThrows(
                    LimitExceededException.class,
                    () -> codecs.getDecompressor(codec).decompress(packed, ParquetCodecs.PAGE_BYTES_MAX + 1));
            assertEquals("parquet: page: bytes: 134217729 (at most 134217728)", bomb.getMessage());
            assertThrows(
                    IOException.class, () -> codecs.getDecompressor(codec).decompress(packed, 100), codec.toString());
        }
        assertEquals(
                "parquet: codec BROTLI (expected zstd, snappy, gzip, lz4_raw or none)",
                assertThrows(InvalidRequestException.class, () -> codecs.getDecompressor(CompressionCodecName.BROTLI))
                        .getMessage());
    }

    @Test
    void blocksGiveWhatTheyHoldAndNeverMore() throws IOException {
        // literal "ab", then 6 bytes from 2 back
        byte[] snappy = {8, 1 << 2, 'a', 'b', 2 << 2 | 1, 2};
        assertArrayEquals("abababab".getBytes(StandardCharsets.US_ASCII), BlockDecoder.snappy(snappy, 8));
        byte[] lz4 = {(byte) 0x22, 'a', 'b', 2, 0, 0};
        assertArrayEquals("abababab".getBytes(StandardCharsets.US_ASCII), BlockDecoder.lz4(lz4, 8));
        for (int length : new int[] {0, 7, 9}) {
            assertThrows(IOException.class, () -> BlockDecoder.snappy(snappy, length));
            assertThrows(IOException.class, () -> BlockDecoder.lz4(lz4, length));
        }
        byte[] before = {8, 1 << 2, 'a', 'b', 2 << 2 | 1, 3};
        assertThrows(IOException.class, () -> BlockDecoder.snappy(before, 8));
        Seeded.repeat(2_000, random -> {
            byte[] noise = new byte[1 + random.nextInt(40)];
            random.nextBytes(noise);
            for (int length : new int[] {0, 10, 1_000}) {
                try {
                    assertEquals(length, BlockDecoder.lz4(noise, length).length);
                } catch (IOException e) {
                    // refused: what most noise is
                }
                try {
                    assertEquals(length, BlockDecoder.snappy(noise, length).length);
                } catch (IOException e) {
                    // refused
                }
            }
        });
    }
}
