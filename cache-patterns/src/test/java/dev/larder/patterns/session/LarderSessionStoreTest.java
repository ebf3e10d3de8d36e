package dev.larder.patterns.session;

import dev.larder.patterns.fixture.Provider;

class LarderSessionStoreTest extends SessionStoreContract {

    @Override
    Provider provider() {
        return Provider.LARDER;
    }
}
