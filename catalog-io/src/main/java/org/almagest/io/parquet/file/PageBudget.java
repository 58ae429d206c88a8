package org.almagest.io.parquet.file;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what the pages of a row group take in memory together: each column has one page and one dictionary unpacked at
 * a time, and there may be thousands of columns. One thread.
 */
final class PageBudget {
    /** What an element of a dictionary of texts takes beside its bytes. */
    private static final int TEXT_BYTES = 48;

    private final long bytesMax;
    private final Map<Object, Long> held = new HashMap<>();
    private Object current = this;
    private long bytes;

    /** Bounds pages to so many bytes in memory. */
    PageBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Takes bytes for the page that is being read, before they are allocated; those of the page before go. */
    void take(long more) {
        long before = held.getOrDefault(current, 0L);
        bytes += more - before;
        held.put(current, more);
        if (bytes > bytesMax) {
            throw new LimitExceededException("parquet: pages: bytes", "parquetPagesBytesMax", bytes, bytesMax);
        }
    }

    /** Returns a row group, the pages of which are taken from here; those of the group before go. */
    PageReadStore begin(PageReadStore group) {
        held.clear();
        bytes = 0;
        return new Group(group);
    }

    /** The pages of a row group. */
    private final class Group implements PageReadStore {
        private final PageReadStore group;

        private Group(PageReadStore group) {
            this.group = group;
        }

        @Override
        public PageReader getPageReader(ColumnDescriptor column) {
            return new Pages(column, group.getPageReader(column));
        }

        @Override
        public long getRowCount() {
            return group.getRowCount();
        }

        @Override
        public Optional<Long> getRowIndexOffset() {
            return group.getRowIndexOffset();
        }

        @Override
        public void close() {
            group.close();
        }
    }

    /** The pages of a column. */
    private final class Pages implements PageReader {
        private final ColumnDescriptor column;
        private final PageReader pages;
        private final Object dictionary = new Object();

        private Pages(ColumnDescriptor column, PageReader pages) {
            this.column = column;
            this.pages = pages;
        }

        @Override
        public @Nullable DictionaryPage readDictionaryPage() {
            current = dictionary;
            DictionaryPage page = pages.readDictionaryPage();
            if (page != null) {
                check(page);
            }
            return page;
        }

        /** Parquet makes an array by the announced number, whatever bytes follow. */
        private void check(DictionaryPage page) {
            int width = switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                case INT64, DOUBLE -> Long.BYTES;
                case INT96 -> 12;
                case FIXED_LEN_BYTE_ARRAY ->
                    Math.max(1, column.getPrimitiveType().getTypeLength());
                default -> Integer.BYTES;
            };
            long size = page.getDictionarySize();
            long length = page.getBytes().size();
            if (size < 0 || size > length / width) {
                throw new InvalidRequestException(
                        "parquet",
                        "column " + String.join(".", column.getPath()) + ": dictionary of " + size + " values in "
                                + length + " bytes");
            }
            take(length + size * TEXT_BYTES);
        }

        @Override
        public long getTotalValueCount() {
            return pages.getTotalValueCount();
        }

        @Override
        public @Nullable DataPage readPage() {
            current = this;
            return pages.readPage();
        }
    }
}
