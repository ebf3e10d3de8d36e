package dev.larder.patterns.providers;

import dev.larder.patterns.fixture.Provider;

class LarderTest extends ProviderContract {

    @Override
    Provider provider() {
        return Provider.LARDER;
    }
}
