package org.almagest;

import org.almagest.testing.rules.SizeBudgetContract;

class SizeBudgetTest extends SizeBudgetContract {}
