package org.almagest.io.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.FieldGuess;
import org.almagest.io.FieldGuess.Shape;
import org.almagest.io.SchemaGuess;
import org.almagest.io.SourceOptions;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Reads a whole file to find the fields that its columns need. One thread. */
final class CsvInference {
    private static final Set<String> GEOMETRY_COLUMNS = Set.of(DatasetSchema.GEOMETRY, "wkt");
    private static final Set<String> NOT_FINITE = Set.of("nan", "inf", "-inf", "infinity", "-infinity");

    /** Numbers as JSON spells them: a leading zero is part of a code, not of a number. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d*)?([eE][+-]?\\d+)?");

    private final SchemaGuess guess;

    CsvInference(String file, SourceOptions options) {
        this.guess = new SchemaGuess(file, options, TypeKind.STRING);
    }

    /** Returns a schema that the rows fit: {@code existing} with fields added, or a new one. */
    DatasetSchema schema(CsvRecords records, @Nullable DatasetSchema existing) {
        List<Optional<FieldGuess>> columns = new ArrayList<>();
        for (String name : records.header()) {
            if (GEOMETRY_COLUMNS.contains(name.strip())) {
                guess.noteGeometry();
                columns.add(Optional.empty());
            } else {
                columns.add(guess.guess(name.strip()));
            }
        }
        List<String> cells = new ArrayList<>();
        while (records.next(cells)) {
            for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
                if (!cells.get(i).isEmpty() && columns.get(i).isPresent()) {
                    note(columns.get(i).get(), cells.get(i));
                }
            }
        }
        return guess.schema(existing);
    }

    /** Returns the columns that are empty in the whole file: nothing tells their type. */
    Set<String> emptyColumns() {
        return guess.unset();
    }

    private static void note(FieldGuess column, String cell) {
        String text = cell.strip();
        if (CellList.looksLike(text)) {
            try {
                List<CellList.Element> elements = CellList.parse("", text);
                elements.forEach(element ->
                        column.element(element.quoted() ? Shape.TEXT : shape(element.text()), element.text()));
                return;
            } catch (InvalidRequestException e) {
                // Some other text in brackets.
            }
        }
        column.scalar(shape(text), cell);
    }

    private static Shape shape(String text) {
        String lower = text.length() <= 9 ? text.toLowerCase(Locale.ROOT) : "";
        if (lower.equals("true") || lower.equals("false")) {
            return Shape.BOOL;
        }
        if (NUMBER.matcher(text).matches()) {
            return FieldGuess.numberShape(text);
        }
        return NOT_FINITE.contains(lower) ? Shape.NUMBER : Shape.TEXT;
    }
}
