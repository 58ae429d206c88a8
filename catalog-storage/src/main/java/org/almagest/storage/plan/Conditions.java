package org.almagest.storage.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.almagest.model.BoundingBox;
import org.almagest.model.TimeInterval;
import org.almagest.query.bound.BoundTerm;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of the rows of one dataset beside their ids, as far as it helps to find them.
 *
 * @param schema that of the rows
 * @param near boxes, none wrapped, one of which meets the index box of every match; null where place does not matter
 * @param meeting the interval that extents must meet; null where time is not asked by extent
 * @param terms conditions on fields, all of which must hold
 * @param rowsWanted how many matches are wanted at most
 * @param named the rows that one of the terms names; null where none does
 * @param shortcuts what may be made use of
 */
public record Conditions(
        DatasetSchema schema,
        @Nullable List<BoundingBox> near,
        @Nullable TimeInterval meeting,
        List<BoundTerm> terms,
        long rowsWanted,
        @Nullable NamedRows named,
        Set<Shortcut> shortcuts) {
    /** Finds out which rows the terms name. */
    public Conditions(
            DatasetSchema schema, Asked asked, List<BoundTerm> terms, long rowsWanted, Set<Shortcut> shortcuts) {
        this(
                schema,
                asked.near,
                asked.meeting,
                terms,
                rowsWanted,
                terms.isEmpty() || !shortcuts.contains(Shortcut.KEYS) ? null : NamedRows.of(schema, terms),
                shortcuts);
    }

    /**
     * Where and when matches lie.
     *
     * @param near boxes as above
     * @param meeting an interval as above
     */
    public record Asked(
            @Nullable List<BoundingBox> near, @Nullable TimeInterval meeting) {}

    /** Puts cheap terms first. */
    public Conditions {
        // Mostly there is none, and the first answer of a process would pay for the stream.
        terms = terms.size() < 2
                ? List.copyOf(terms)
                : terms.stream()
                        .sorted(Comparator.comparingInt(BoundTerm::cost))
                        .toList();
    }

    /** Returns the same conditions without that on extents. */
    public Conditions withoutExtents() {
        return meeting == null ? this : new Conditions(schema, near, null, terms, rowsWanted, named, shortcuts);
    }

    boolean may(Shortcut shortcut) {
        return shortcuts.contains(shortcut);
    }

    /** Returns the column that decides a term in a run; null where rows must be read. */
    @Nullable
    ColumnReader column(BoundTerm term, Run run) {
        Field field = may(Shortcut.COLUMNS) ? onlyField(term) : null;
        ColumnReader column = field == null || field.isArray() ? null : run.column(field.number());
        return column == null || field == null || column.kind() != field.kind() ? null : column;
    }

    private @Nullable Field onlyField(BoundTerm term) {
        return term.fields().size() == 1
                ? schema.field(term.fields().iterator().next()).orElse(null)
                : null;
    }

    /** Returns the number of the only field of a term; {@link Field#UNNUMBERED} where there is none or several. */
    int fieldNumber(BoundTerm term) {
        Field field = onlyField(term);
        return field == null ? Field.UNNUMBERED : field.number();
    }
}
