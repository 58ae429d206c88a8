package org.almagest.io.stac.transaction;

import java.util.List;
import java.util.Optional;
import org.almagest.io.stac.exchange.Preconditions;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.page.Conditions;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.io.stac.page.TagList;
import org.almagest.io.stac.route.Call;
import org.almagest.model.DatapointId;

/**
 * What a change demands of the item that is there, from If-Match and If-None-Match.
 *
 * @param isConditional whether there is an If-Match
 * @param any whether any version will do
 * @param ids the versions that will do else: a tag of any representation proves that its version was seen
 */
record Demand(boolean isConditional, boolean any, List<DatapointId> ids) {
    /**
     * Reads what a request demands.
     *
     * @throws ProblemException if it demands nothing but must, 428; that there be nothing, 412 as changes need an item
     */
    static Demand of(Call call, Preconditions preconditions) {
        Conditions conditions = Conditions.of(call.request());
        Optional<TagList> match = conditions.ifMatch();
        if (match.isEmpty() && preconditions == Preconditions.REQUIRED) {
            throw ProblemException.of(
                    428, "PRECONDITION_REQUIRED", "if-match: absent (expected the tag of the version to change)");
        }
        List<DatapointId> ids = match.map(TagList::tags).orElse(List.of()).stream()
                .flatMap(tag -> tag.id().stream())
                .toList();
        return new Demand(match.isPresent(), match.map(TagList::any).orElse(true), ids);
    }

    /** Tells whether the version that is there will do. */
    boolean allows(DatapointId live) {
        return any || ids.contains(live);
    }

    /** Checks If-None-Match against the version that is there. */
    static void checkNoneMatch(Call call, DatapointId live) {
        Optional<TagList> none = Conditions.of(call.request()).ifNoneMatch();
        boolean refused = none.isPresent()
                && (none.get().any()
                        || none.get().tags().stream().map(EntityTag::id).anyMatch(id -> id.equals(Optional.of(live))));
        if (refused) {
            throw ProblemException.of(412, "PRECONDITION_FAILED", "if-none-match: the item is there");
        }
    }

    static ProblemException failed() {
        return ProblemException.of(
                412, "PRECONDITION_FAILED", "if-match: the item has changed (read it again, then repeat)");
    }
}
