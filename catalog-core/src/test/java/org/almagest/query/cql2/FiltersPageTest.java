package org.almagest.query.cql2;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.EnumValue;
import org.almagest.model.Limits;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.bound.BoundFilter;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/filters.md} say what happens. */
@Tag("docs")
class FiltersPageTest {
    private static final Path PAGE = Path.of("..", "docs", "filters.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final DatasetSchema SCHEMA = DatasetSchema.temporal()
            .field(Field.float64("cloud_cover"))
            .field(Field.int64("orbit"))
            .field(Field.enumeration("level", new EnumValue(0, "L1C"), new EnumValue(1, "L2A")))
            .field(Field.string("name"))
            .field(Field.timestamp("taken"))
            .field(Field.timestamp("ended"))
            .field(Field.string("tags").array())
            .field(Field.geometry("footprint"))
            .build();

    @Test
    void everyConditionAndValueOfTheGrammarIsRead() throws IOException {
        List<String> examples = new ArrayList<>();
        rows("condition").forEach(row -> examples.addAll(code(row.get(1))));
        rows("value").forEach(row -> code(row.get(1)).forEach(value -> examples.add("a = " + value)));
        assertTrue(examples.size() > 20, examples.toString());
        for (String example : examples) {
            Filter filter = Cql2Text.parse(example);
            assertEquals(filter, Cql2Text.parse(Cql2Text.print(filter)), example);
            assertEquals(filter, Cql2Json.parse(Cql2Json.print(filter)), example);
        }
    }

    @Test
    void theTruthTableHolds() throws IOException {
        List<List<String>> rows = rows("a");
        assertEquals(9, rows.size());
        for (List<String> row : rows) {
            Filter a = Cql2Text.parse(row.get(0));
            Filter b = Cql2Text.parse(row.get(1));
            assertEquals(row.get(2), truth(a.and(b), Map.of()), row.toString());
            assertEquals(row.get(3), truth(a.or(b), Map.of()), row.toString());
            assertEquals(row.get(4), truth(a.not(), Map.of()), row.toString());
        }
    }

    @Test
    void everyExampleHasItsTruth() throws IOException {
        List<List<String>> rows = rows("row");
        assertTrue(rows.size() > 20, rows.toString());
        for (List<String> row : rows) {
            Filter filter = Cql2Text.parse(code(row.get(1)).get(0));
            assertEquals(row.get(2), truth(filter, values(code(row.get(0)).get(0))), row.toString());
        }
    }

    @Test
    void theExamplesOfEqualFormsAndErrorsHold() {
        Filter filter = field("cloud_cover").lessThan(20);
        assertEquals(filter, Cql2Text.parse("cloud_cover < 20"));
        assertEquals(filter, Cql2Json.parse("{\"op\":\"<\",\"args\":[{\"property\":\"cloud_cover\"},20]}"));
        assertEquals(
                "filter: /args/0/op: function \"avg\" is not known",
                assertThrows(
                                InvalidRequestException.class,
                                () -> Cql2Json.parse(
                                        "{\"op\":\"<\",\"args\":[{\"op\":\"avg\",\"args\":[{\"property\":\"a\"}]},4]}"))
                        .getMessage());
    }

    @Test
    void theLimitsAreTheDefaults() throws IOException {
        List<List<String>> rows = rows("component of `Limits`");
        Map<String, Long> limits = Limits.defaults().toMap();
        assertEquals(
                limits.keySet().stream()
                        .filter(name -> name.startsWith("filter"))
                        .toList(),
                rows.stream().map(row -> code(row.get(0)).get(0)).toList());
        for (List<String> row : rows) {
            assertEquals(limits.get(code(row.get(0)).get(0)), Long.parseLong(row.get(1)));
        }
    }

    private static String truth(Filter filter, Map<String, Object> row) {
        return BoundFilter.bind(filter, SCHEMA).test(row::get).name();
    }

    /** Reads a row written as the condition that a field equals its value. */
    private static Map<String, Object> values(String text) {
        Filter stated = Cql2Text.parse(text);
        if (stated instanceof Filter.ArrayComparison array) {
            List<Object> elements = ((Expression.ArrayOf) array.right())
                    .elements().stream().map(FiltersPageTest::constant).toList();
            return Map.of(((Property) array.left()).name(), elements);
        } else if (stated instanceof Filter.Spatial spatial) {
            return Map.of(((Property) spatial.left()).name(), constant(spatial.right()));
        }
        Filter.Comparison comparison = (Filter.Comparison) stated;
        String name = ((Property) comparison.left()).name();
        Object value = constant(comparison.right());
        return Map.of(
                name,
                name.equals(DatasetSchema.TIME)
                        ? value
                        : stored(SCHEMA.field(name).orElseThrow(), value));
    }

    private static Object constant(Expression expression) {
        return ((Literal) expression).value();
    }

    private static Object stored(Field field, Object value) {
        if (field.kind() == TypeKind.ENUM) {
            return ((EnumType) field.type()).named((String) value).orElseThrow();
        } else if (value instanceof BigDecimal number) {
            return field.kind() == TypeKind.INT64 ? (Object) number.longValueExact() : number.doubleValue();
        }
        return value;
    }

    private static List<String> code(String cell) {
        Matcher matcher = CODE.matcher(cell);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** Returns the cells of the table whose first column has this heading. */
    private static List<List<String>> rows(String heading) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            boolean cells = line.startsWith("|");
            if (inside && cells && !line.startsWith("| ---")) {
                rows.add(List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)));
            }
            inside = cells && (inside || line.startsWith("| " + heading + " |"));
        }
        return rows;
    }
}
