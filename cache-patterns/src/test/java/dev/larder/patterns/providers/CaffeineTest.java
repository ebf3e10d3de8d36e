package dev.larder.patterns.providers;

import dev.larder.patterns.fixture.Provider;

class CaffeineTest extends ProviderContract {

    @Override
    Provider provider() {
        return Provider.CAFFEINE;
    }
}
