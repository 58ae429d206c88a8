package org.almagest.index.spherical;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Whether arcs cross each other other than at their ends. */
final class CrossingArcs {
    /** Arcs up to which looking at every pair is fastest. */
    private static final int PLAIN_MAX = 32;

    private CrossingArcs() {}

    static boolean none(List<GreatArc> arcs) {
        return arcs.size() <= PLAIN_MAX ? noneOfAll(arcs) : noneInOrder(arcs);
    }

    private static boolean noneOfAll(List<GreatArc> arcs) {
        for (int i = 2; i < arcs.size(); i++) {
            for (int j = 0; j < i - 1; j++) {
                if (arcs.get(i).crosses(arcs.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private record Boxed(GreatArc arc, Bounds bounds) {}

    /** Looks at the pairs whose boxes meet, found by going along one axis. */
    private static boolean noneInOrder(List<GreatArc> arcs) {
        Boxed[] boxed = arcs.stream().map(arc -> new Boxed(arc, arc.bounds())).toArray(Boxed[]::new);
        Arrays.sort(boxed, Comparator.comparingDouble(one -> one.bounds.minX()));
        for (int i = 0; i < boxed.length; i++) {
            double until = boxed[i].bounds.maxX();
            for (int j = i + 1; j < boxed.length && boxed[j].bounds.minX() <= until; j++) {
                if (boxed[i].bounds.meets(boxed[j].bounds) && boxed[i].arc.crosses(boxed[j].arc)) {
                    return false;
                }
            }
        }
        return true;
    }
}
