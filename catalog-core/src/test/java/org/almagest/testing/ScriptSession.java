package org.almagest.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.query.QueryResult;

/** A catalog that a script runs on, with what the script holds open. */
final class ScriptSession {
    private final UnaryOperator<Catalog> reopening;
    private final long firstVersion;
    private final List<QueryResult> held = new ArrayList<>();
    private Catalog catalog;

    ScriptSession(Catalog catalog, UnaryOperator<Catalog> reopening) {
        this.catalog = catalog;
        this.reopening = reopening;
        this.firstVersion = catalog.version();
    }

    /** Does a step and returns what came of it, a refusal included, and how many commits there were. */
    String outcome(ScriptOperation operation) {
        String outcome;
        try {
            outcome = operation.run(this);
        } catch (ConflictException e) {
            outcome = e.getClass().getSimpleName(); // of several conflicts, either may be the one that is named
        } catch (CatalogException e) {
            outcome = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        return outcome + "\n        after " + (catalog.version() - firstVersion) + " commits";
    }

    Catalog catalog() {
        return catalog;
    }

    Collection collection(String slug, String name) {
        return catalog.dataset(slug).collection(name);
    }

    void hold(QueryResult answer) {
        held.add(answer);
    }

    String readHeld() {
        StringBuilder out = new StringBuilder();
        for (QueryResult answer : held) {
            out.append("\n        answer of version ").append(answer.version() - firstVersion);
            answer.toList().forEach(row -> out.append("\n        ").append(RowText.of(row)));
        }
        held.clear();
        return out.toString();
    }

    void reopen() {
        closeHeld();
        try {
            catalog = reopening.apply(catalog);
        } catch (CatalogException e) {
            throw new AssertionError("the store does not open again: " + e, e);
        }
    }

    void close() {
        closeHeld();
        catalog.close();
    }

    private void closeHeld() {
        held.forEach(QueryResult::close);
        held.clear();
    }
}
