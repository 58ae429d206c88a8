package org.almagest.storage.column;

/**
 * Codes that are steps of numbers, in one stretch or in two with a gap between them, and perhaps NaN above.
 *
 * @param low the number of code 1
 * @param step at least 1
 * @param split the highest code of the first stretch
 * @param upper the number of the code above the split; 0 when the first stretch is all
 * @param numberCount the highest code of a number
 */
record Frame(long low, long step, long split, long upper, long numberCount) {
    /** Returns the number of a code from 1 to {@link #numberCount}. */
    long number(long code) {
        return code <= split ? low + (code - 1) * step : upper + (code - split - 1) * step;
    }

    /** Returns the code of a number that has one. */
    long code(long number) {
        return split < numberCount && number >= upper
                ? split + 1 + Long.divideUnsigned(number - upper, step)
                : 1 + Long.divideUnsigned(number - low, step);
    }

    /** Returns whether the numbers ascend without overflow. */
    boolean isValid() {
        if (numberCount < 0 || split < 0 || split > numberCount || step < 1 || numberCount > 0 && split == 0) {
            return false;
        }
        if (numberCount == 0) {
            return low == 0 && upper == 0;
        }
        boolean two = split < numberCount;
        return fits(low, split - 1)
                && (two ? fits(upper, numberCount - split - 1) && number(split) < upper : upper == 0);
    }

    private boolean fits(long from, long steps) {
        return steps == 0 || Long.compareUnsigned(steps, Long.divideUnsigned(Long.MAX_VALUE - from, step)) <= 0;
    }
}
