package org.almagest.testing;

import java.util.List;
import java.util.Optional;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.LimitExceededException;
import org.almagest.query.Query;

/** A step of a random script that asks for aggregates. */
record ScriptAggregate(ScriptOperation.Scope scope, Query query, List<Aggregation> wanted) implements ScriptOperation {
    @Override
    public boolean onlyReads() {
        return true;
    }

    @Override
    public String run(ScriptSession session) {
        return answer(session.catalog());
    }

    /** Returns the answers as text; of several, any may be the first that has too many buckets. */
    String answer(Catalog catalog) {
        try {
            StringBuilder out = new StringBuilder();
            ask(catalog).forEach(one -> out.append("\n        ").append(text(one)));
            return out.toString();
        } catch (LimitExceededException e) {
            return wanted.size() == 1 ? e.getMessage() : e.limitName();
        }
    }

    private List<Aggregate> ask(Catalog catalog) {
        if (scope.slug() == null) {
            return catalog.aggregate(query, wanted);
        }
        Dataset dataset = catalog.dataset(scope.slug());
        if (scope.names().size() == 1) {
            return dataset.collection(scope.names().get(0)).aggregate(query, wanted);
        }
        return scope.names().isEmpty()
                ? dataset.aggregate(query, wanted)
                : dataset.aggregate(query, wanted, scope.names());
    }

    /** Returns an answer with the types of its values. */
    private static String text(Aggregate answer) {
        if (answer instanceof Aggregate.Extremes extremes) {
            return typed(extremes.min()) + " to " + typed(extremes.max());
        } else if (answer instanceof Aggregate.Buckets buckets) {
            StringBuilder out = new StringBuilder(buckets.buckets().size() + " buckets");
            buckets.buckets()
                    .forEach(bucket -> out.append("; ")
                            .append(bucket.key())
                            .append(" = ")
                            .append(typed(Optional.of(bucket.value())))
                            .append(": ")
                            .append(bucket.count()));
            return out.toString();
        }
        return answer.toString();
    }

    private static String typed(Optional<Object> value) {
        return value.map(set -> set.getClass().getSimpleName() + " " + set).orElse("none");
    }

    @Override
    public List<ScriptOperation> smaller() {
        return wanted.size() == 1
                ? List.of()
                : wanted.stream()
                        .map(one -> (ScriptOperation) new ScriptAggregate(scope, query, List.of(one)))
                        .toList();
    }

    @Override
    public String toString() {
        return "Aggregate[" + scope + " " + QueryText.of(query) + " " + wanted + "]";
    }
}
