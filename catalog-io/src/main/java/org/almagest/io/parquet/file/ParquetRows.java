package org.almagest.io.parquet.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.io.SourceBytes;
import org.almagest.model.Limits;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file, whatever they mean. One thread.
 *
 * <p>Memory holds one row group as it stands in the file and the pages that are being read of it, each of these at most
 * a quarter of the heap. Lengths that the file says are checked before they are allocated where that can be done from
 * outside Parquet; what it asks for besides and does not get refuses the file. Everything that Parquet throws becomes a
 * failure that names the file.
 */
public final class ParquetRows implements AutoCloseable {
    private final String file;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final MessageColumnIO columns;
    private final RowTree tree;
    private final PageBudget budget;
    private final List<BlockMetaData> groups;
    private @Nullable RecordReader<@Nullable Object[]> rows;
    private long rowsLeft;
    private int nextGroup;
    private long bytesRead;

    private ParquetRows(String file, ParquetFileReader reader, PageBudget budget, Limits limits) {
        this.file = file;
        this.reader = reader;
        this.schema = reader.getFileMetaData().getSchema();
        this.columns = new ColumnIOFactory(false).getColumnIO(schema);
        this.tree = new RowTree(schema, limits.jsonLineBytesMax());
        this.budget = budget;
        this.groups = reader.getRowGroups();
    }

    /**
     * Opens a file.
     *
     * @throws InvalidRequestException if it is absent or no whole Parquet file
     * @throws LimitExceededException if its schema or a row group is larger than is read
     */
    public static ParquetRows open(Path path, Limits limits) {
        return open(path, limits, new PageBudget(FooterChecks.rowGroupBytesMax()));
    }

    /** As the other one, with what the pages of a row group may take in memory. */
    static ParquetRows open(Path path, Limits limits, PageBudget budget) {
        String file = path.toString();
        ParquetFileReader reader = null;
        try {
            if (Files.isDirectory(path)) {
                throw new InvalidRequestException(file, "is a folder (expected a file)");
            }
            LocalInputFile input = new LocalInputFile(path);
            FooterChecks.checkTail(file, input);
            ParquetReadOptions options = new ParquetReadOptions.Builder(new PlainParquetConfiguration())
                    .withCodecFactory(new ParquetCodecs(budget))
                    .useStatsFilter(false)
                    .useDictionaryFilter(false)
                    .useBloomFilter(false)
                    .useColumnIndexFilter(false)
                    .withUseHadoopVectoredIo(false)
                    .usePageChecksumVerification(true)
                    .build();
            reader = ParquetFileReader.open(input, options);
            FooterChecks.check(reader.getFooter(), input.getLength());
            return new ParquetRows(file, reader, budget, limits);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            close(reader);
            throw refused(file, e);
        }
    }

    /** Returns the failure of reading a file in the words of the project. */
    public static CatalogException refused(String file, Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof InvalidRequestException known) {
                return known.subject().startsWith(file) ? known : known.within(file);
            }
            if (e instanceof LimitExceededException known) {
                return known.within(file);
            }
            if (e == e.getCause()) {
                break;
            }
        }
        if (cause instanceof IOException failed && failed.getClass() != IOException.class) {
            return SourceBytes.unreadable(file, failed);
        }
        if (cause instanceof OutOfMemoryError) {
            return new InvalidRequestException(file, "asks for more memory than there is", cause);
        }
        String detail = cause instanceof StackOverflowError ? "nested too deeply" : deepest(cause);
        return new InvalidRequestException(file, "no whole Parquet file: " + detail, cause);
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < 16 && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    /** Returns the path of the file as it was given. */
    public String file() {
        return file;
    }

    /** Returns the columns of the file. */
    public MessageType schema() {
        return schema;
    }

    /** Returns the key-value metadata of the file. */
    public Map<String, String> metadata() {
        return reader.getFileMetaData().getKeyValueMetaData();
    }

    /** Returns how many bytes of row groups were begun. */
    public long bytesRead() {
        return bytesRead;
    }

    /**
     * Returns the next row, or null where there is none.
     *
     * @throws InvalidRequestException if the file is damaged here; nothing follows then
     */
    public @Nullable Object @Nullable [] next() {
        try {
            while (rowsLeft == 0) {
                if (nextGroup >= groups.size()) {
                    return null;
                }
                beginGroup();
            }
            rowsLeft--;
            assert rows != null;
            return rows.read();
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            rowsLeft = 0;
            nextGroup = groups.size();
            throw refused(file, e);
        }
    }

    private void beginGroup() throws IOException {
        rows = null; // the old group goes before the new one comes
        BlockMetaData group = groups.get(nextGroup);
        if (group.getRowCount() == 0) {
            nextGroup++; // which Parquet takes for damage, and some write for a table without rows
            return;
        }
        PageReadStore pages = reader.readRowGroup(nextGroup++);
        bytesRead += group.getCompressedSize();
        rowsLeft = group.getRowCount();
        rows = columns.getRecordReader(budget.begin(pages), tree);
    }

    @Override
    public void close() {
        close(reader);
    }

    private static void close(@Nullable ParquetFileReader reader) {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException e) {
            // A file that was only read: nothing is lost.
        }
    }
}
