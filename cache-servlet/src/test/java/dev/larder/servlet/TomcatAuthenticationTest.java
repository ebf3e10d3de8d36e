package dev.larder.servlet;

import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;

class TomcatAuthenticationTest extends AuthenticationContract {

    @Override
    WebServer.Factory container() {
        return TomcatServer::start;
    }
}
