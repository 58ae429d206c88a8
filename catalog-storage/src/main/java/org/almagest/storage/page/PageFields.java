package org.almagest.storage.page;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almagest.error.CorruptSectionException;
import org.almagest.geo.Footprint;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.internal.geo.Outline;
import org.almagest.internal.row.BatchSlots;
import org.almagest.internal.row.FieldDecoder;
import org.almagest.internal.row.RowReader;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.FieldNames.Origin;
import org.almagest.model.FieldNames.StoredGeometry;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.PageBytes;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Makes values and datapoints out of the rows of a page, without their bodies. One thread. */
public final class PageFields {
    /** Flags of a place whose positions are not those that are tested. */
    private static final int NOT_PLAIN = Footprint.FLAG_DIFFERS | Footprint.FLAG_UNCHECKED;

    /** Flags of a place that was cut at the antimeridian, and nothing else. */
    private static final int CROSSING = Footprint.FLAG_DIFFERS | Footprint.FLAG_CUT;

    private final DatasetSchema schema;
    private final OpenPage page = new OpenPage();
    private final PageColumn[] columns;
    private final int[] typeCodes;
    private final int[] columnByNumber;
    private final Map<String, PageColumn> columnByName = new HashMap<>();
    private final @Nullable PageColumn geometryColumn;

    private @Nullable RowSelection selection;
    private PageColumn[] selected = {};
    private boolean isPrepared;

    // Rows whose bodies are not fields in order are read as bodies.
    private @Nullable RowReader oddReader;
    private final ByteSink oddBody = new ByteSink();

    /** Reads rows of a schema, or of an earlier version of it. */
    public PageFields(DatasetSchema schema) {
        this.schema = schema;
        List<Field> fields = RowReader.fieldsInOrder(schema);
        columns = new PageColumn[fields.size()];
        typeCodes = new int[columns.length];
        int largest = 0;
        for (Field field : fields) {
            largest = Math.max(largest, field.number());
        }
        columnByNumber = new int[1 + largest];
        Arrays.fill(columnByNumber, -1);
        for (int i = 0; i < columns.length; i++) {
            Field field = fields.get(i);
            columns[i] = new PageColumn(new FieldType(field.kind(), field.isArray(), new FieldDecoder(field)));
            typeCodes[i] = field.typeCode();
            columnByNumber[field.number()] = i;
            columnByName.put(field.name(), columns[i]);
        }
        geometryColumn = schema.isSpatial() ? columnByName.get(DatasetSchema.GEOMETRY) : null;
    }

    /** Moves to a page that was checked, and of which a row is next; the buffer is little-endian and must not change. */
    public void open(ByteBuffer buffer, int at, int row) throws CorruptSectionException {
        for (PageColumn column : columns) {
            column.leave();
        }
        isPrepared = false;
        page.open(buffer, at, row);
        for (int i = 0; i < page.columnCount(); i++) {
            int number = page.number(i);
            int column = number > 0 && number < columnByNumber.length ? columnByNumber[number] : -1;
            if (column < 0 || typeCodes[column] != page.typeCode(i)) {
                throw PageBytes.corrupt(
                        "field number " + number + " of type " + page.typeCode(i) + ": not in the schema");
            }
            columns[column].place(page.bytes(i), page.start(i));
        }
    }

    /** Returns about how many bytes are held of pages so far: what was unpacked, and what is kept for pages to come. */
    public long held() {
        return page.held();
    }

    /** Returns the commit of a row, as an ordinal of the commit table. */
    public int commit(int rowInPage) {
        return page.commit(rowInPage);
    }

    /** Returns the value of a field; null where it is unset or not in the schema. */
    public @Nullable Object value(String field, int rowInPage) throws CorruptSectionException {
        if (page.isOdd(rowInPage)) {
            return odd(rowInPage).value(field);
        }
        PageColumn column = columnByName.get(field);
        FieldReader reader = column == null ? null : column.at(rowInPage);
        return reader == null ? null : reader.value(rowInPage);
    }

    /** Returns the place of a row; null where it has none. */
    public @Nullable Geometry geometry(int rowInPage) throws CorruptSectionException {
        if (page.isOdd(rowInPage)) {
            return odd(rowInPage).geometry();
        }
        FieldReader reader = geometryColumn == null ? null : geometryColumn.at(rowInPage);
        return reader == null ? null : (Geometry) reader.value(rowInPage);
    }

    /** Fills in the place of a row, a point, polygons, or one polygon across the antimeridian; else returns false. */
    public boolean outline(int rowInPage, Outline into) throws CorruptSectionException {
        int flags = page.flags(rowInPage);
        if (page.isOdd(rowInPage) || (flags & NOT_PLAIN) != 0 && flags != CROSSING) {
            return false;
        }
        FieldReader reader = geometryColumn == null ? null : geometryColumn.at(rowInPage);
        if (!(reader instanceof GeometrySource) || !((GeometrySource) reader).outline(rowInPage, into)) {
            return false;
        }
        if (flags == CROSSING) {
            into.markCrossing();
            return into.isOnePolygon();
        }
        return true;
    }

    /** Returns the flags of the geometry of a row. */
    public int geometryFlags(int rowInPage) throws CorruptSectionException {
        return page.isOdd(rowInPage) ? odd(rowInPage).geometryFlags() : page.flags(rowInPage);
    }

    /** Returns a row with the fields of a selection that was made for the same schema. */
    public Datapoint datapoint(
            DatapointId id, Instant ingestionTime, @Nullable Origin origin, RowSelection wanted, int rowInPage)
            throws CorruptSectionException {
        if (page.isOdd(rowInPage)) {
            return odd(rowInPage).select(id, ingestionTime, origin, wanted);
        }
        if (wanted != selection) {
            select(wanted);
        }
        if (!isPrepared) {
            prepare(rowInPage, wanted);
        }
        PageColumn[] from = selected;
        @Nullable Object[] values = new @Nullable Object[from.length];
        for (int i = 0; i < from.length; i++) {
            FieldReader reader = from[i].prepared(rowInPage);
            values[i] = reader == null ? null : reader.value(rowInPage);
        }
        StoredGeometry geometry = wanted.withGeometry() ? laterGeometry(rowInPage) : null;
        return wanted.names().datapoint(id, ingestionTime, origin, geometry, values);
    }

    /** Puts the selected fields of rows that have them into a batch. */
    public void fill(RowPlaces rows, BatchSlots slots) throws CorruptSectionException {
        if (page.mayBeOdd()) {
            for (int i = 0; i < rows.count(); i++) {
                fillOne(rows.row(i), rows.place(i), slots);
            }
            return;
        }
        if (slots.selection() != selection) {
            select(slots.selection());
        }
        PageColumn[] from = selected;
        for (int i = 0; i < from.length; i++) {
            from[i].fill(rows, slots.column(i));
        }
    }

    private void fillOne(int row, int batchRow, BatchSlots slots) throws CorruptSectionException {
        if (page.isOdd(row)) {
            odd(row).fill(slots, batchRow);
            return;
        }
        List<Field> wanted = slots.selection().fields();
        for (int i = 0; i < wanted.size(); i++) {
            Object value = value(wanted.get(i).name(), row);
            if (value != null) {
                slots.column(i).set(batchRow, value);
            }
        }
    }

    private void select(RowSelection wanted) {
        PageColumn[] chosen = new PageColumn[wanted.fields().size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = columns[columnByNumber[wanted.fields().get(i).number()]];
        }
        selected = chosen;
        selection = wanted;
        isPrepared = false;
    }

    private void prepare(int rowInPage, RowSelection wanted) throws CorruptSectionException {
        if (wanted.withGeometry()) {
            touch(rowInPage);
        }
        for (PageColumn column : selected) {
            column.prepare(rowInPage);
        }
        isPrepared = true;
    }

    /** The first row of a page waits for memory; those after it mostly do not. */
    private void touch(int rowInPage) throws CorruptSectionException {
        if (geometryColumn != null) {
            geometryColumn.prepare(rowInPage);
        }
        FieldReader reader = geometryColumn == null ? null : geometryColumn.prepared(rowInPage);
        if (reader instanceof GeometrySource) {
            ((GeometrySource) reader).touch(rowInPage);
        }
    }

    private @Nullable StoredGeometry laterGeometry(int rowInPage) throws CorruptSectionException {
        FieldReader reader = geometryColumn == null ? null : geometryColumn.prepared(rowInPage);
        if (reader == null) {
            return null;
        }
        if (reader instanceof GeometrySource) {
            return ((GeometrySource) reader).later(rowInPage, page.flags(rowInPage));
        }
        return new KnownGeometry((Geometry) reader.value(rowInPage), page.flags(rowInPage));
    }

    /** A geometry that was made already. */
    private record KnownGeometry(Geometry get, int flags) implements StoredGeometry {}

    private RowReader odd(int rowInPage) throws CorruptSectionException {
        RowReader reader = oddReader;
        if (reader == null) {
            reader = new RowReader(schema);
            oddReader = reader;
        }
        oddBody.clear();
        page.putOdd(rowInPage, oddBody);
        reader.reset(oddBody.bytes(), 0, oddBody.length());
        return reader;
    }
}
