package org.almagest.server;

import org.almagest.testing.rules.ModuleRulesContract;

class ModuleRulesTest extends ModuleRulesContract {}
