package org.almagest.io.csv;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.FieldTargets;
import org.almagest.io.FieldTargets.Role;
import org.almagest.io.FieldTargets.Target;
import org.almagest.io.FieldText;
import org.almagest.io.JsonTrees;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.SourceRow;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.SimpleType;
import org.almagest.schema.TypeKind;

/** Turns the records of a CSV file into rows. */
final class CsvReader implements SourceReader {
    private final SourceBytes bytes;
    private final CsvRecords records;
    private final DatasetSchema schema;
    private final SourceOptions options;
    private final FieldText texts;
    private final List<Target> columns;
    private final List<String> cells = new ArrayList<>();
    private Step step = Step.UNKNOWN;

    private enum Step {
        UNKNOWN,
        FOUND,
        END
    }

    /** Reads the header; {@code bytes} belong to the reader from then on. */
    CsvReader(SourceBytes bytes, DatasetSchema schema, SourceOptions options) {
        this.bytes = bytes;
        this.records = new CsvRecords(bytes, options.limits());
        this.schema = schema;
        this.options = options;
        this.texts = new FieldText(options.limits());
        try {
            this.columns = columns(records.header());
        } catch (InvalidRequestException e) {
            throw e.within(SourceRow.place(bytes.file(), 1));
        }
    }

    private List<Target> columns(List<String> header) {
        FieldTargets targets = new FieldTargets(schema, options);
        List<Target> found = new ArrayList<>();
        Set<Object> used = new HashSet<>();
        for (String name : header) {
            Target target = targets.target(name.strip());
            Object use = target.field() == null ? target.role() : target.field().name();
            if (target.role() != Role.IGNORED && !used.add(use)) {
                throw new InvalidRequestException(target.subject(), "a second column for it (drop one)");
            }
            found.add(target);
        }
        if (!used.contains(Role.TIME) && options.fixedTime().isEmpty()) {
            throw new InvalidRequestException(
                    "field " + Quoted.text(options.timeField().orElse(DatasetSchema.TIME)),
                    "no such column (every row needs a time)");
        }
        return found;
    }

    @Override
    public boolean hasNext() {
        if (step == Step.UNKNOWN) {
            try {
                step = records.next(cells) ? Step.FOUND : Step.END;
            } catch (InvalidRequestException e) {
                step = e.getCause() == null ? Step.UNKNOWN : Step.END;
                throw e;
            }
        }
        return step == Step.FOUND;
    }

    @Override
    public SourceRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        step = Step.UNKNOWN;
        try {
            return new SourceRow(bytes.file(), records.line(), datapoint());
        } catch (InvalidRequestException e) {
            throw e.within(SourceRow.place(bytes.file(), records.line()));
        } catch (LimitExceededException e) {
            throw e.within(SourceRow.place(bytes.file(), records.line()));
        }
    }

    private Datapoint datapoint() {
        if (cells.size() != columns.size()) {
            throw new InvalidRequestException(
                    "cells", cells.size() + " (expected " + columns.size() + ", as the header has)");
        }
        Datapoint.Builder row = Datapoint.builder();
        options.fixedTime().ifPresent(row::time);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (!cell.isEmpty()) {
                set(row, columns.get(i), cell);
            }
        }
        Datapoint datapoint = row.build();
        if (!datapoint.hasTime()) {
            throw new InvalidRequestException(
                    "field " + Quoted.text(options.timeField().orElse(DatasetSchema.TIME)),
                    "unset (every row needs a time)");
        }
        return datapoint;
    }

    private void set(Datapoint.Builder row, Target target, String cell) {
        switch (target.role()) {
            case IGNORED -> {}
            case TIME ->
                row.time((Instant) texts.parse(target.subject(), cell.strip(), new SimpleType(TypeKind.TIMESTAMP)));
            case GEOMETRY -> row.geometry(texts.geometry(cell));
            case FIELD -> {
                Field field = target.field();
                assert field != null : target;
                row.set(field.name(), value(target.subject(), field, cell));
            }
        }
    }

    private Object value(String subject, Field field, String cell) {
        if (!field.isArray()) {
            return texts.parse(subject, field.kind() == TypeKind.STRING ? cell : cell.strip(), field.type());
        }
        if (field.kind() == TypeKind.JSON) {
            return jsonElements(subject, cell);
        }
        List<Object> values = new ArrayList<>();
        for (CellList.Element element : CellList.parse(subject, cell)) {
            values.add(texts.parse(subject + ": element " + values.size(), element.text(), field.type()));
        }
        return values;
    }

    private Object jsonElements(String subject, String cell) {
        Limits limits = options.limits();
        try {
            JsonValue value = JsonReader.read(cell, JsonLimits.of(limits.csvCellLengthMax() * 3, 1_000));
            if (value instanceof JsonArray array) {
                return array.elements().stream()
                        .map(element -> JsonTrees.json(element, limits))
                        .toList();
            }
            throw new InvalidRequestException("json", value.kindName() + " (expected an array)");
        } catch (InvalidRequestException e) {
            throw e.within(subject);
        }
    }

    @Override
    public String file() {
        return bytes.file();
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.CSV;
    }

    @Override
    public DatasetSchema schema() {
        return schema;
    }

    @Override
    public List<String> notices() {
        return List.of();
    }

    @Override
    public long bytesRead() {
        return bytes.bytesRead();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
