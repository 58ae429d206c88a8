package org.almagest.io.parquet.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The codecs of pages: zstd is written, and zstd, snappy, gzip, lz4_raw and none are read.
 *
 * <p>Parquet's own factory needs Hadoop. A page that claims to unpack to more than {@link #PAGE_BYTES_MAX} is refused
 * before anything is allocated, and so is one that gives other than the claimed number of bytes.
 */
public final class ParquetCodecs implements CompressionCodecFactory {
    /** Unpacked bytes of one page. */
    static final int PAGE_BYTES_MAX = 128 << 20;

    private static final int ZSTD_LEVEL = 3;

    /** Unpacked bytes of a page for each packed one, of pages larger than {@link #RATIO_FREE_BYTES}. */
    static final int RATIO_MAX = 1_000;

    static final int RATIO_FREE_BYTES = 1 << 20;

    private final PageBudget budget;

    /** Makes codecs for writing. */
    public ParquetCodecs() {
        this(new PageBudget(Long.MAX_VALUE));
    }

    /** Makes codecs for reading that unpack what a budget allows. */
    ParquetCodecs(PageBudget budget) {
        this.budget = budget;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("no codec that is written: " + codec);
        }
        return new ZstdCompressor();
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        Unpacking unpacking = switch (codec) {
            case UNCOMPRESSED -> (packed, length) -> packed;
            case ZSTD -> ParquetCodecs::zstd;
            case SNAPPY -> BlockDecoder::snappy;
            case LZ4_RAW -> BlockDecoder::lz4;
            case GZIP -> ParquetCodecs::gzip;
            default ->
                throw new InvalidRequestException(
                        "parquet", "codec " + codec + " (expected zstd, snappy, gzip, lz4_raw or none)");
        };
        return new Decompressor(unpacking, budget);
    }

    @Override
    public void release() {
        // Nothing is kept.
    }

    private interface Unpacking {
        byte[] unpack(byte[] packed, int unpackedBytes) throws IOException;
    }

    private static byte[] zstd(byte[] packed, int unpackedBytes) throws IOException {
        byte[] unpacked = new byte[unpackedBytes];
        try {
            long written = Zstd.decompressByteArray(unpacked, 0, unpackedBytes, packed, 0, packed.length);
            return checked(unpacked, (int) written, unpackedBytes);
        } catch (ZstdException e) {
            throw new IOException("zstd: " + e.getMessage(), e);
        }
    }

    private static byte[] gzip(byte[] packed, int unpackedBytes) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] unpacked = in.readNBytes(unpackedBytes);
            return checked(unpacked, unpacked.length + (in.read() < 0 ? 0 : 1), unpackedBytes);
        }
    }

    private static byte[] checked(byte[] unpacked, int actual, int expected) throws IOException {
        if (actual != expected) {
            throw new IOException("page: " + actual + " bytes (expected " + expected + ")");
        }
        return unpacked;
    }

    private static byte[] bytes(BytesInput input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) input.size());
        input.writeAllTo(bytes);
        return bytes.toByteArray();
    }

    private record Decompressor(Unpacking unpacking, PageBudget budget) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int unpackedBytes) throws IOException {
            check(packed.size(), unpackedBytes);
            return BytesInput.from(unpacking.unpack(bytes(packed), unpackedBytes));
        }

        @Override
        public void decompress(ByteBuffer packed, int packedBytes, ByteBuffer unpacked, int unpackedBytes)
                throws IOException {
            check(packedBytes, unpackedBytes);
            byte[] bytes = new byte[packedBytes];
            packed.get(bytes);
            unpacked.put(unpacking.unpack(bytes, unpackedBytes));
        }

        private void check(long packedBytes, int unpackedBytes) throws IOException {
            if (unpackedBytes < 0) {
                throw new IOException("page: " + unpackedBytes + " bytes");
            }
            if (unpackedBytes > PAGE_BYTES_MAX) {
                throw new LimitExceededException(
                        "parquet: page: bytes", "parquetPageBytesMax", unpackedBytes, PAGE_BYTES_MAX);
            }
            if (unpackedBytes > RATIO_FREE_BYTES && unpackedBytes / RATIO_MAX > packedBytes) {
                throw new LimitExceededException(
                        "parquet: page: bytes for " + packedBytes + " packed",
                        "parquetPageRatioMax",
                        unpackedBytes,
                        Math.max(RATIO_FREE_BYTES, packedBytes * RATIO_MAX));
            }
            budget.take(unpackedBytes);
        }

        @Override
        public void release() {
            // Nothing is kept.
        }
    }

    private static final class ZstdCompressor implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput plain) throws IOException {
            return BytesInput.from(Zstd.compress(bytes(plain), ZSTD_LEVEL));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            // Nothing is kept.
        }
    }
}
