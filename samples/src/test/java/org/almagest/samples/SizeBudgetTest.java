package org.almagest.samples;

import org.almagest.testing.rules.SizeBudgetContract;

class SizeBudgetTest extends SizeBudgetContract {}
