package org.almagest.storage.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.almagest.error.CatalogException;
import org.almagest.index.posting.RowBuffer;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.DatapointId;
import org.almagest.query.bound.BoundTerm;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** The rows that a condition names by their keys or ids. Immutable. */
final class NamedRows {
    private final DatasetSchema schema;
    private final long[] keyHashes;
    private final List<DatapointId> ids;

    private NamedRows(DatasetSchema schema, long[] keyHashes, List<DatapointId> ids) {
        this.schema = schema;
        this.keyHashes = keyHashes;
        this.ids = ids;
    }

    /** Returns the rows that one of some conditions, all of which must hold, names; null where none does. */
    static @Nullable NamedRows of(DatasetSchema schema, List<BoundTerm> terms) {
        String key = schema.key().map(Field::name).orElse(null);
        for (BoundTerm term : terms) {
            List<Object> constants = term.constants().orElse(null);
            boolean one = constants != null && term.fields().size() == 1;
            if (constants != null && one && term.fields().contains(DatasetSchema.ID)) {
                return new NamedRows(schema, new long[0], ids(constants));
            }
            long[] hashes =
                    constants == null || !one || key == null || !term.fields().contains(key)
                            ? null
                            : hashes(schema, constants);
            if (hashes != null) {
                return new NamedRows(schema, hashes, List.of());
            }
        }
        return null;
    }

    private static List<DatapointId> ids(List<Object> constants) {
        List<DatapointId> ids = new ArrayList<>();
        for (Object constant : constants) {
            ids.add(DatapointId.of((UUID) constant));
        }
        return ids;
    }

    /** Returns the hashes of the constants that keys can be; null where one cannot be told. */
    private static long @Nullable [] hashes(DatasetSchema schema, List<Object> constants) {
        long[] hashes = new long[constants.size()];
        int count = 0;
        for (Object constant : constants) {
            Object key = constant instanceof Number number ? integer(number) : constant;
            try {
                if (key != null) {
                    hashes[count++] = KeyHash.of(RowBinder.encodeKey(schema, key));
                }
            } catch (CatalogException e) {
                return null; // out of range, too long: the test of the row tells
            }
        }
        return Arrays.copyOf(hashes, count);
    }

    /** Returns a number as an integer; null where it is none. */
    private static @Nullable BigInteger integer(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            return value == Math.rint(value) && !Double.isInfinite(value) ? new BigDecimal(value).toBigInteger() : null;
        }
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.stripTrailingZeros().scale() <= 0 ? exact.toBigInteger() : null;
    }

    /** Tells whether finding the rows of a run takes an index that it has. */
    boolean areKnown(Run run) {
        return keyHashes.length == 0 || run.isKeyed();
    }

    /** Returns how many names there are. */
    int count() {
        return keyHashes.length + ids.size();
    }

    /** Returns the rows of a span that may have one of the names; two keys may have one hash. */
    ListedRows find(Run run, RowSpan span) {
        RowBuffer found = new RowBuffer();
        for (long hash : keyHashes) {
            for (int row : run.keyCandidates(hash, schema)) {
                add(row, span, found);
            }
        }
        for (DatapointId id : ids) {
            int row = run.lowerBound(id.high(), id.low());
            while (row < run.rowCount() && run.idHigh(row) == id.high() && run.idLow(row) == id.low()) {
                add(row++, span, found);
            }
        }
        int[] rows = Arrays.copyOf(found.array(), found.count());
        Arrays.sort(rows);
        int distinct = 0;
        for (int i = 0; i < rows.length; i++) {
            if (i == 0 || rows[i] != rows[i - 1]) {
                rows[distinct++] = rows[i];
            }
        }
        return new ListedRows(rows, distinct, span);
    }

    private static void add(int row, RowSpan span, RowBuffer found) {
        if (span.first() <= row && row < span.end()) {
            found.add(row);
        }
    }
}
