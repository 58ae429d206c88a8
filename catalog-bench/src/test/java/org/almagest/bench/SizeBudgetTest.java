package org.almagest.bench;

import org.almagest.testing.rules.SizeBudgetContract;

class SizeBudgetTest extends SizeBudgetContract {}
