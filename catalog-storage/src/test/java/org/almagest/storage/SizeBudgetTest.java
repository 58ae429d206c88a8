package org.almagest.storage;

import org.almagest.testing.rules.SizeBudgetContract;

class SizeBudgetTest extends SizeBudgetContract {}
