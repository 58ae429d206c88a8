package org.almagest.bench.report;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that was measured of one engine. */
public final class EngineFigures {
    private final String engine;
    private final String version;
    private final Map<String, QueryFigures> queries = new TreeMap<>();
    private final Map<String, Double> numbers = new TreeMap<>();
    private @Nullable LoadFigures load;

    /** Begins the figures of an engine. */
    public EngineFigures(String engine, String version) {
        this.engine = engine;
        this.version = version;
    }

    /** Returns the short name. */
    public String engine() {
        return engine;
    }

    /** Returns the full name with version. */
    public String version() {
        return version;
    }

    /** Sets the figures of a class of questions. */
    public void put(String kind, QueryFigures figures) {
        queries.put(kind, figures);
    }

    /** Sets another number by a name that says its unit. */
    public void put(String name, double value) {
        numbers.put(name, value);
    }

    /** Sets how the rows were taken in. */
    public void loaded(LoadFigures figures) {
        this.load = figures;
    }

    /** Returns the figures by class of questions. */
    public Map<String, QueryFigures> queries() {
        return queries;
    }

    /** Returns the other numbers by name. */
    public Map<String, Double> numbers() {
        return numbers;
    }

    /** Returns how the rows were taken in; null where that was not measured. */
    public @Nullable LoadFigures load() {
        return load;
    }
}
