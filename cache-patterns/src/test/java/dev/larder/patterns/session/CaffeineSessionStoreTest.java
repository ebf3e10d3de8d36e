package dev.larder.patterns.session;

import dev.larder.patterns.fixture.Provider;

class CaffeineSessionStoreTest extends SessionStoreContract {

    @Override
    Provider provider() {
        return Provider.CAFFEINE;
    }
}
