package org.almagest.io.stac.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.almagest.error.CatalogException;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;

/** The parameters of a query: each known to its route, given once, and decoded. Immutable. */
public final class Parameters {
    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a query.
     *
     * @param rawQuery as sent, without the question mark
     * @throws ProblemException if a parameter is unknown, given twice, empty or malformed
     */
    static Parameters of(String rawQuery, List<Parameter> known) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : rawQuery.split("&", -1)) {
            if (!part.isEmpty()) {
                add(values, part, known);
            }
        }
        return new Parameters(values);
    }

    /** Tells whether a part of a query, as sent, gives the parameter of a name, however that is spelt there. */
    public static boolean isOf(String name, String part) {
        int equals = part.indexOf('=');
        return PercentText.decode(equals < 0 ? part : part.substring(0, equals), PercentText.Form.QUERY)
                .filter(name::equals)
                .isPresent();
    }

    private static void add(Map<String, String> values, String part, List<Parameter> known) {
        int equals = part.indexOf('=');
        String rawName = equals < 0 ? part : part.substring(0, equals);
        String name = PercentText.decode(rawName, PercentText.Form.QUERY)
                .orElseThrow(() -> ProblemException.invalid("query", "malformed percent-encoding or UTF-8"));
        Parameter parameter = known.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name, known));
        String value = PercentText.decode(
                        part.substring(equals < 0 ? part.length() : equals + 1), PercentText.Form.QUERY)
                .orElseThrow(() -> ProblemException.invalid(name, "malformed percent-encoding or UTF-8"));
        if (value.isEmpty() && parameter.empty() == Parameter.Empty.REFUSED) {
            throw ProblemException.invalid(name, "empty (expected a value, or no such parameter)");
        }
        if (value.isEmpty() && parameter.empty() == Parameter.Empty.ABSENT) {
            return;
        }
        if (values.put(name, value) != null) {
            throw ProblemException.invalid(name, "given twice (expected once)");
        }
    }

    private static ProblemException unknown(String name, List<Parameter> known) {
        List<String> names = known.stream().map(Parameter::name).toList();
        return new ProblemException(ProblemException.invalid(
                        Quoted.text(name), "no such parameter (expected one of: " + String.join(", ", names) + ")")
                .problem()
                .at(name));
    }

    /** Returns the value of a parameter; empty where it was not given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * Returns what a parameter says; empty where it was not given.
     *
     * @throws ProblemException if the reader refuses its value; names the parameter
     */
    public <T> Optional<T> read(String name, Function<String, T> reader) {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(value));
        } catch (CatalogException e) {
            throw new ProblemException(Problems.of(e, name));
        }
    }

    /** Returns these parameters but one. */
    Parameters without(String name) {
        Map<String, String> others = new LinkedHashMap<>(values);
        others.remove(name);
        return new Parameters(others);
    }

    /** Returns the names that were given, in order. */
    public Set<String> names() {
        return values.keySet();
    }
}
