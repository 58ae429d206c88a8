package org.almagest.index;

import org.almagest.testing.rules.SizeBudgetContract;

class SizeBudgetTest extends SizeBudgetContract {}
