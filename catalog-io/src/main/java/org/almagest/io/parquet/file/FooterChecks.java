package org.almagest.io.parquet.file;

import java.io.IOException;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Checks what the end of a Parquet file says: its lengths before Parquet allocates by them, and the sizes of schema and
 * row groups before any of these is read.
 */
final class FooterChecks {
    static final long ROWS_FREE = 10_000_000;
    static final long ROWS_PER_BYTE_MAX = 1_000;
    static final int COLUMNS_MAX = 10_000;
    static final int DEPTH_MAX = 64;

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final int TAIL_BYTES = 8;

    private FooterChecks() {}

    /** Returns how long a footer may be; in memory it takes some forty times that. */
    static long footerBytesMax() {
        return Math.min(64L << 20, Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 64));
    }

    /** Returns how many bytes of a row group are read at once, as they stand in the file. */
    static long rowGroupBytesMax() {
        return Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4);
    }

    /** Checks magic and length of the footer, and the lengths in it. */
    static void checkTail(String file, InputFile input) throws IOException {
        try (SeekableInputStream bytes = input.newStream()) {
            long length = input.getLength();
            if (length < MAGIC.length + TAIL_BYTES) {
                throw new InvalidRequestException(file, "no whole Parquet file: " + length + " bytes");
            }
            bytes.seek(length - TAIL_BYTES);
            byte[] tail = new byte[TAIL_BYTES];
            bytes.readFully(tail);
            if (tail[4] == 'P' && tail[5] == 'A' && tail[6] == 'R' && tail[7] == 'E') {
                throw new InvalidRequestException(file, "encrypted (expected a Parquet file without encryption)");
            }
            for (int i = 0; i < MAGIC.length; i++) {
                if (tail[MAGIC.length + i] != MAGIC[i]) {
                    throw new InvalidRequestException(file, "no whole Parquet file: no PAR1 at its end");
                }
            }
            long footer =
                    (tail[0] & 0xFFL) | (tail[1] & 0xFFL) << 8 | (tail[2] & 0xFFL) << 16 | (tail[3] & 0xFFL) << 24;
            if (footer > length - MAGIC.length - TAIL_BYTES) {
                throw new InvalidRequestException(
                        file, "no whole Parquet file: footer of " + footer + " bytes in " + length);
            }
            limit("parquet: footer: bytes", "parquetFooterBytesMax", footer, footerBytesMax());
            byte[] content = new byte[(int) footer];
            bytes.seek(length - TAIL_BYTES - footer);
            bytes.readFully(content);
            FooterWalk.check(content);
        }
    }

    /** Checks that schema and row groups are of bearable size and lie within the file. */
    static void check(ParquetMetadata footer, long fileBytes) {
        List<ColumnDescriptor> columns = footer.getFileMetaData().getSchema().getColumns();
        limit("parquet: columns", "parquetColumnsMax", columns.size(), COLUMNS_MAX);
        if (columns.isEmpty()) {
            throw new InvalidRequestException("parquet", "no columns");
        }
        for (ColumnDescriptor column : columns) {
            limit("parquet: column: depth", "parquetDepthMax", column.getPath().length, DEPTH_MAX);
        }
        long rowsMax = ROWS_FREE + ROWS_PER_BYTE_MAX * fileBytes;
        long rows = 0;
        for (BlockMetaData group : footer.getBlocks()) {
            checkGroup(group, fileBytes);
            limit("parquet: rows for its size", "parquetRowsMax", group.getRowCount(), rowsMax - rows);
            rows += group.getRowCount();
        }
    }

    private static void checkGroup(BlockMetaData group, long fileBytes) {
        long bytes = 0;
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            long start = chunk.getStartingPos();
            long size = chunk.getTotalSize();
            if (start < MAGIC.length || size < 0 || size > fileBytes || start > fileBytes - size) {
                throw new InvalidRequestException(
                        "parquet",
                        "column " + chunk.getPath() + ": " + size + " bytes at " + start + " (file has " + fileBytes
                                + ")");
            }
            bytes += size;
        }
        if (group.getRowCount() < 0) {
            throw new InvalidRequestException("parquet", "row group of " + group.getRowCount() + " rows");
        }
        limit("parquet: row group: bytes", "parquetRowGroupBytesMax", bytes, rowGroupBytesMax());
    }

    private static void limit(String subject, String name, long actual, long limit) {
        if (actual > limit) {
            throw new LimitExceededException(subject, name, actual, limit);
        }
    }
}
