# The client of openapi-generator's `ruby`, used as a bot would.
require 'uri'
require 'openapi_client'

OpenapiClient.configure do |config|
  url = URI(ENV.fetch('PLURALKIT_URL'))
  config.scheme = url.scheme
  config.host = "#{url.host}:#{url.port}"
  config.base_path = url.path
  config.server_index = nil
  config.api_key['Authorization'] = ENV.fetch('PLURALKIT_TOKEN')
  # Both security schemes write the header Authorization, and the last one would win.
  config.define_singleton_method(:auth_settings) { super().slice('LegacyToken') }
end
client = OpenapiClient::ApiClient.default
client.default_headers['User-Agent'] = 'languages/1.0 (me@example.com)'

def check(condition, message)
  raise message unless condition
end

members = OpenapiClient::MembersApi.new
switches = OpenapiClient::SwitchesApi.new
systems = OpenapiClient::SystemsApi.new
check(systems.get_system('@me').id == 'harbor', 'the system')
check(systems.get_system('nooks').privacy.nil?, 'the privacy of others')
check(members.list_members('@me').size >= 5, 'the members')

tags = [OpenapiClient::ProxyTagPatch.new(prefix: 'j:')]
created = members.create_member(OpenapiClient::MemberCreate.new(name: 'Juniper', proxy_tags: tags))
changed = members.update_member(created.id, OpenapiClient::MemberPatch.new(pronouns: 'they/them'))
check(changed.pronouns == 'they/them', 'the pronouns')
check(changed.proxy_tags.size == 1, 'the proxy tags were lost')
privacy = OpenapiClient::MemberPrivacyPatch.new(visibility: OpenapiClient::PrivacyPatch::PRIVACY_PATCH_PRIVATE)
members.update_member(created.id, OpenapiClient::MemberPatch.new(privacy: privacy))
cleared = members.update_member(created.id, OpenapiClient::MemberPatch.new(pronouns: nil))
check(cleared.pronouns.nil?, 'the cleared pronouns')
check(cleared.privacy.visibility == OpenapiClient::Privacy::PRIVATE, 'the privacy was lost')

# One status, two kinds of errors: their codes tell them apart.
{ created.id => 20_010, 'zzzzz' => 20_002 }.each do |reference, code|
  members.get_member_guild_settings(reference, '920000000000000009')
  raise 'the settings should not be found'
rescue OpenapiClient::ApiError => e
  check(JSON.parse(e.response_body)['code'] == code, 'the code of the error')
end

logged = switches.create_switch('@me', OpenapiClient::SwitchCreate.new(members: [created.id]))
switches.delete_switch('@me', logged.id)
members.delete_member(created.id)

begin
  members.get_member('zzzzz')
  raise 'the member should not be found'
rescue OpenapiClient::ApiError => e
  check(e.code == 404, 'the status')
  missing = OpenapiClient::MemberNotFound.build_from_hash(JSON.parse(e.response_body))
  check(missing.code == 20_002, 'the code')
end
_, status, = switches.get_fronters_with_http_info('nooks')
check(status == 204, 'the fronters')
puts 'ok'
