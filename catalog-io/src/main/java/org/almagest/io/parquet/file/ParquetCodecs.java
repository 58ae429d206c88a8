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

    /** Makes codecs that keep nothing. */
    public ParquetCodecs() {}

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
        return new Decompressor(unpacking);
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

    private record Decompressor(Unpacking unpacking) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int unpackedBytes) throws IOException {
            check(unpackedBytes);
            return BytesInput.from(unpacking.unpack(bytes(packed), unpackedBytes));
        }

        @Override
        public void decompress(ByteBuffer packed, int packedBytes, ByteBuffer unpacked, int unpackedBytes)
                throws IOException {
            check(unpackedBytes);
            byte[] bytes = new byte[packedBytes];
            packed.get(bytes);
            unpacked.put(unpacking.unpack(bytes, unpackedBytes));
        }

        private static void check(int unpackedBytes) throws IOException {
            if (unpackedBytes < 0) {
                throw new IOException("page: " + unpackedBytes + " bytes");
            }
            if (unpackedBytes > PAGE_BYTES_MAX) {
                throw new LimitExceededException(
                        "parquet: page: bytes", "parquetPageBytesMax", unpackedBytes, PAGE_BYTES_MAX);
            }
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
