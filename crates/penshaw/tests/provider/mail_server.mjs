// A mail server for the tests of alerts. Run as: node mail_server.mjs PORT FOLDER.
// Each mail that it takes becomes a file of FOLDER. Addresses at refused.example are refused.
import { writeFileSync } from 'node:fs'
import { SMTPServer } from 'smtp-server'

const [port, folder] = process.argv.slice(2)
let taken = 0

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) => done(address.endsWith('@refused.example') ? new Error('no such box') : undefined),
  onData: (stream, session, done) => {
    const parts = []
    stream.on('data', (part) => parts.push(part))
    stream.on('end', () => {
      taken += 1
      writeFileSync(`${folder}/${taken}.eml`, Buffer.concat(parts))
      done()
    })
  }
})
server.listen(Number(port), '127.0.0.1', () => console.log('ready'))
